/**
 * A self-signed certificate for the name `localhost`, valid for a hundred years, with its key: what a TLS server in a
 * test shows. The key protects nothing.
 */
export const localhostCertificate = {
  cert: `-----BEGIN CERTIFICATE-----
MIIBlTCCATugAwIBAgIUO4FuUFUiawlLcNArsvqid5zMf9wwCgYIKoZIzj0EAwIw
FDESMBAGA1UEAwwJbG9jYWxob3N0MCAXDTI2MTEyNDAxMzE1NloYDzIxMjYxMDMx
MDEzMTU2WjAUMRIwEAYDVQQDDAlsb2NhbGhvc3QwWTATBgcqhkjOPQIBBggqhkjO
PQMBBwNCAAQSMEpU8VbRZNjYmkxSSgjYKf2/WnL7lX0+umeds0PgRXF8USEqR9JW
C5rWC7jJLQzQTBnblsmahu4cxfQ/7OxIo2kwZzAdBgNVHQ4EFgQUA+tP1gVQWkYk
EGnQUvqWzEhdt5MwHwYDVR0jBBgwFoAUA+tP1gVQWkYkEGnQUvqWzEhdt5MwDwYD
VR0TAQH/BAUwAwEB/zAUBgNVHREEDTALgglsb2NhbGhvc3QwCgYIKoZIzj0EAwID
SAAwRQIgO1C1v415aY/WpBaUdiVdrghFsrqc1FqngP5xrJd5kaMCIQDdEWeoqzNL
5EjjC4vM7SLg3xyFrhLV4MBWRt7BeUZAdw==
-----END CERTIFICATE-----`,
  key: `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQg/1xNvxmAKKMyb1C7
tT0rQngalYnMHF6JZseOdF3VIzahRANCAAQSMEpU8VbRZNjYmkxSSgjYKf2/WnL7
lX0+umeds0PgRXF8USEqR9JWC5rWC7jJLQzQTBnblsmahu4cxfQ/7OxI
-----END PRIVATE KEY-----`,
};
