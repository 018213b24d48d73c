export interface Credential {
  secretId: string;
  secretKey: string;
  /** Temporary credentials need it in `X-TC-Token`. */
  token?: string;
}

/** They are public: they open nothing but this emulator. */
export const credentials: readonly [Credential, Credential] = [
  {
    secretId: 'AKIDqianmalocal000000000000000000000',
    secretKey: 'qianmalocalsecretkey000000000000',
  },
  {
    secretId: 'AKIDqianmalocaltemporary000000000000',
    secretKey: 'qianmalocaltemporarykey000000000',
    token: 'qianmalocaltoken',
  },
];
