/** The checks of the callback address, against a receiver that opens notifications as the handler does. */
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openNotification } from '../../../../shared/callback/open-notification.ts';
import { closedAddress } from '../../testing/closed-address.ts';
import { examined, soundEnvironment } from '../../testing/examined.ts';
import { callbackForgery } from './forgery.ts';
import { callbackMatch } from './match.ts';
import { callbackProbe } from './probe.ts';
import { callbackSecrets } from './secrets.ts';

const { ESS_CALLBACK_KEYS, ESS_CALLBACK_TOKENS } = soundEnvironment;
const [newestKey = '', oldKey = ''] = ESS_CALLBACK_KEYS.split(',');
const [newestToken = '', oldToken = ''] = ESS_CALLBACK_TOKENS.split(',');
const deployed = { keys: [newestKey, oldKey], tokens: [newestToken, oldToken], plaintext: 'refuse' as const };

let server: Server;
let secrets = deployed;
/** What is answered whatever comes; undefined: what is right. */
let always: number | undefined;
let env: { CALLBACK_BASE_URL: string };

beforeAll(async () => {
  server = createServer(async (request, response) => {
    // Without an encoding the stream yields buffers.
    const body = Buffer.concat((await request.toArray()) as Buffer[]);
    const signature = request.headers['content-signature'];
    const { kind } = openNotification(body, typeof signature === 'string' ? signature : undefined, secrets);
    response.writeHead(always ?? (kind === 'rejected' ? 401 : 200)).end('{}');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  // A TCP server that listens has an address of this form.
  const { port } = server.address() as AddressInfo;
  env = { CALLBACK_BASE_URL: `http://127.0.0.1:${port}/hooks` };
});
afterAll(() => void server.close());

async function answering(status: number, work: () => Promise<void>) {
  always = status;
  try {
    await work();
  } finally {
    always = undefined;
  }
}

describe('callback-secrets', () => {
  const tried = (changed: Record<string, string | undefined>) => examined(callbackSecrets, { env: changed });

  it('are in order, and counted', async () => {
    expect(await tried({})).toMatchObject({
      outcome: 'ok',
      text: { en: '2 keys and 2 tokens, the first of each being the newest' },
    });
  });

  it.each([
    [{ ESS_CALLBACK_KEYS: undefined }, 'fail', 'ESS_CALLBACK_KEYS is not set'],
    [{ ESS_CALLBACK_KEYS: `${newestKey},${newestKey}` }, 'warn', 'stands twice'],
    [{ ESS_CALLBACK_TOKENS: 'a,b,a' }, 'warn', 'stands twice'],
    [{ ESS_CALLBACK_PLAINTEXT: 'accept' }, 'warn', 'plain text are accepted'],
    [{ ESS_CALLBACK_TOKENS: undefined }, 'skipped', 'Needs ESS_CALLBACK_TOKENS'],
    [{ ESS_CALLBACK_KEYS: 'short' }, 'skipped', 'Needs ESS_CALLBACK_KEYS'],
  ])('are not with %j', async (changed, outcome, text) => {
    expect(await tried(changed)).toMatchObject({ outcome, text: { en: expect.stringContaining(text) } });
  });
});

describe('callback-probe', () => {
  it('is answered', async () => {
    expect(await examined(callbackProbe, { env })).toMatchObject({
      outcome: 'ok',
      text: { en: expect.stringContaining(env.CALLBACK_BASE_URL) },
    });
  });

  it('goes below PUBLIC_BASE_URL where no address of its own is set', async () => {
    const finding = await examined(callbackProbe, { env: { PUBLIC_BASE_URL: env.CALLBACK_BASE_URL } });
    expect(finding.text.en).toContain(`${env.CALLBACK_BASE_URL}/callback-handler answers`);
  });

  it.each([404, 500, 302])('is not answered by a %i', async (status) => {
    await answering(status, async () => {
      expect(await examined(callbackProbe, { env })).toMatchObject({
        outcome: 'fail',
        text: { en: expect.stringContaining(`The probe got ${status} instead of 200`) },
      });
    });
  });

  it('is not answered by nobody', async () => {
    const CALLBACK_BASE_URL = `http://${await closedAddress()}`;
    expect(await examined(callbackProbe, { env: { CALLBACK_BASE_URL } })).toMatchObject({
      outcome: 'fail',
      text: { en: expect.stringContaining('ECONNREFUSED') },
    });
  });
});

describe('callback-forgery', () => {
  it('is refused', async () => {
    expect(await examined(callbackForgery, { env })).toMatchObject({ outcome: 'ok' });
  });

  it.each([200, 500])('must not get a %i', async (status) => {
    await answering(status, async () => {
      expect(await examined(callbackForgery, { env })).toMatchObject({ outcome: 'fail' });
    });
  });
});

describe('callback-match', () => {
  it('is found when the deployment has the newest key and token', async () => {
    expect(await examined(callbackMatch, { env })).toMatchObject({ outcome: 'ok' });
  });

  it.each([
    ['key', { ...deployed, keys: [oldKey] }],
    ['token', { ...deployed, tokens: [oldToken] }],
  ])('is missed when the newest %s is not deployed', async (_what, old) => {
    secrets = old;
    const finding = await examined(callbackMatch, { env });
    secrets = deployed;
    expect(finding).toMatchObject({
      outcome: 'fail',
      remedy: { en: expect.any(String) },
    });
    expect(JSON.stringify(finding)).not.toMatch(/MADEUPKEY|made-up-token/);
  });

  it('is not tried without a key', async () => {
    const plain = { ...env, ESS_CALLBACK_KEYS: undefined };
    expect(await examined(callbackMatch, { env: plain })).toMatchObject({ outcome: 'skipped' });
  });
});
