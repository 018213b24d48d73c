/** `npm run scf`: the stand-in for the management API on its own, to deploy to without an account. */
import { Failure } from '../../../shared/errors.ts';
import { credentials } from '../../essbasic/seeds/credentials.ts';
import { portFailure } from '../../port-failure.ts';
import { createScfManagement } from './create-scf-management.ts';

/** As long as a person would notice, and no longer. */
const settlingMs = 1500;

try {
  await run(process.env['SCF_PORT']?.trim() || '9400');
} catch (error) {
  if (!(error instanceof Failure)) throw error;
  console.error(error.detail);
  process.exitCode = 1;
}

async function run(portText: string): Promise<void> {
  const port = Number(portText);
  if (!/^\d{1,5}$/.test(portText) || port > 65_535) {
    throw new Failure('Misconfigured', { detail: 'SCF_PORT must be a port, 0 to 65535' });
  }
  const management = createScfManagement({
    credentials,
    settling: { ms: settlingMs },
    logger: (line) => console.log(line),
  });
  const { url } = await management.listen(port).catch((cause: unknown) => {
    throw portFailure(port, cause);
  });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void management.close());
  }
  const [{ secretId, secretKey }] = credentials;
  console.log(`SecretId ${secretId}\nSecretKey ${secretKey}`);
  console.log(`ready: API ${url}/  custom domains at the same port, by their Host`);
}
