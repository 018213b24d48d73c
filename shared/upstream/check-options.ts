import { Failure, type Problem } from '../errors.ts';

export interface Credentials {
  secretId: string;
  secretKey: string;
  /** With temporary credentials: sent as `X-TC-Token`. */
  token?: string | undefined;
}

/**
 * The endpoint as a URL. What is wrong with it or with the credentials is named all at once, and without any of
 * the values.
 *
 * @throws {Failure} `Misconfigured`
 */
export function checkOptions(credentials: Credentials, endpoint: string): URL {
  const { secretId, secretKey, token } = credentials;
  const url = URL.canParse(endpoint) ? new URL(endpoint) : undefined;
  const problems: Problem[] = [
    ...problemOf('credentials.secretId', secretId, /^[^\s,/]+$/),
    ...problemOf('credentials.secretKey', secretKey, /^\S+$/),
    ...(token === undefined ? [] : problemOf('credentials.token', token, /^\S+$/)),
    ...problemOfEndpoint(url),
  ];
  if (url !== undefined && problems.length === 0) return url;
  throw new Failure('Misconfigured', {
    detail: problems.map(({ path, message }) => `${path} ${message}`).join('; '),
    problems,
  });
}

/** Ids, keys and tokens are printable ASCII. Those copied from a console often bring a blank along. */
function problemOf(path: string, value: string, form: RegExp): Problem[] {
  if (value === '') return [{ path, message: 'is empty' }];
  if (value.trim() !== value) return [{ path, message: 'has a blank or line break at its beginning or end' }];
  if (/[^\x21-\x7e]/.test(value) || !form.test(value)) {
    return [{ path, message: 'has characters that cannot be in it' }];
  }
  return [];
}

function problemOfEndpoint(url: URL | undefined): Problem[] {
  const problem = (message: string) => [{ path: 'endpoint', message }];
  if (url === undefined) return problem('is not a URL');
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return problem('must begin with https://');
  if (url.protocol === 'http:' && !isLocal(url.hostname)) {
    return problem('must begin with https://, as http:// is for hosts of your own machine or network');
  }
  if (url.pathname !== '/' || url.search !== '' || url.hash !== '' || url.username !== '') {
    return problem('must be a scheme, a host and perhaps a port, nothing more');
  }
  return [];
}

/** Loopback, or a name without a dot, as containers of one network have. */
function isLocal(hostname: string): boolean {
  return (
    hostname === '[::1]' ||
    /^127\.\d+\.\d+\.\d+$/.test(hostname) ||
    hostname.endsWith('.localhost') ||
    !/[.:]/.test(hostname)
  );
}
