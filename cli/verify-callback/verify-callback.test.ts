/** Receivers that are right, and some that are not, are told apart. */
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { afterEach, describe, expect, it } from 'vitest';
import { platformSuite } from '../../functions/testing/platform-suite.ts';
import { localCallbackKey, localCallbackToken } from '../../local/start/start-configuration.ts';
import { contentSignature } from '../../shared/callback/content-signature.ts';
import { type Opened, openNotification } from '../../shared/callback/open-notification.ts';
import { recordedShell } from '../../shared/shell/testing/recorded-shell.ts';
import { runCli } from '../run-cli.ts';
import { harmlessType } from './messages.ts';
import { callbackCases } from './verify-callback.ts';

const platform = platformSuite();
const env = { ESS_CALLBACK_KEYS: localCallbackKey, ESS_CALLBACK_TOKENS: localCallbackToken };
const ports = { readInput: async () => '', pause: async () => undefined };

let server: Server | undefined;
afterEach(() => void server?.close());

async function verify(url: string, language: 'zh' | 'en' = 'en') {
  const shell = recordedShell(env, { language });
  const code = await runCli(['verify-callback', url], shell, ports);
  const wrong = shell.printed.flatMap((line) => /^(?:WRONG|有误) +([\w-]+)/.exec(line)?.[1] ?? []);
  return { code, wrong, printed: shell.printed };
}

type Judge = (opened: Opened, body: Buffer, signature: string | undefined) => number;

/** A receiver that answers as it judges. */
async function receiver(judge: Judge): Promise<string> {
  const secrets = { keys: [localCallbackKey], tokens: [localCallbackToken], plaintext: 'refuse' } as const;
  server = createServer(async (request, response) => {
    const body = await buffer(request);
    const signature = request.headers['content-signature'];
    const header = typeof signature === 'string' ? signature : undefined;
    response.writeHead(judge(openNotification(body, header, secrets), body, header)).end();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`; // of a server on TCP
}

it('has at least 24 cases, each with a name of its own', () => {
  const ids = new Set(callbackCases.map(({ id }) => id));
  expect(ids.size).toBe(callbackCases.length);
  expect(callbackCases.length).toBeGreaterThanOrEqual(24);
});

describe('a receiver', () => {
  it('of ours is right in all, and nothing follows from what it was sent', async () => {
    const { code, wrong, printed } = await verify(`${platform.url}/callback-handler`);
    expect([code, wrong]).toEqual([0, []]);
    expect(printed.at(-1)).toBe(`${callbackCases.length} of ${callbackCases.length} are right, 0 are wrong`);
    const { body } = await platform.call('DescribeNotifications', { Limit: 100 });
    const { Notifications } = body as { Notifications: { MsgType: string; Outcome: string }[] }; // as the contract says
    expect(new Set(Notifications.map(({ MsgType, Outcome }) => `${MsgType} ${Outcome}`))).toEqual(
      new Set([`${harmlessType} Kept`]),
    );
  });

  it('that takes everything is told each forgery that it takes', async () => {
    const { code, wrong } = await verify(await receiver(() => 200));
    const forged = callbackCases.filter(({ expected }) => expected === 'reject').map(({ id }) => id);
    expect([code, wrong]).toEqual([1, forged]);
  });

  it('that checks no signature is told so', async () => {
    const url = await receiver((_opened, body) => {
      const again = contentSignature(localCallbackToken, body);
      const secrets = {
        keys: [localCallbackKey],
        tokens: [localCallbackToken],
        plaintext: 'accept',
      } as const;
      return openNotification(body, again, secrets).kind === 'rejected' ? 400 : 200;
    });
    const { wrong } = await verify(url);
    expect(wrong).toEqual([
      ...['no-signature', 'empty-signature', 'other-token', 'other-body'],
      ...['signature-without-scheme', 'cut-signature', 'longer-body', 're-encoded'],
    ]);
  });

  it('that knows no type but its own, or fails, is told so, in the language of the shell', async () => {
    const picky = await verify(await receiver(({ kind }) => (kind === 'message' ? 422 : 401)), 'zh');
    expect(picky.wrong).toContain('encrypted');
    expect(picky.printed.find((line) => line.includes('encrypted'))).toMatch(
      /^有误 +encrypted +加密并签名，类型未知：应为 2xx，得到 422 /,
    );
    server?.close();
    const failing = await verify(await receiver(({ kind }) => (kind === 'rejected' ? 500 : 200)));
    expect(failing.wrong).toContain('other-key');
  });

  it('that is not there is wrong in all', async () => {
    const { code, wrong } = await verify('http://127.0.0.1:1/');
    expect([code, wrong.length]).toEqual([1, callbackCases.length]);
  });
});

describe('it is not begun', () => {
  it.each([[[]], [['nowhere']], [['ftp://example.com']]])('for the address %j', async (argv) => {
    const shell = recordedShell(env);
    expect(await runCli(['verify-callback', ...argv], shell, ports)).toBe(2);
    expect(shell.told).toEqual(['error: verify-callback needs an address with http or https']);
  });

  it('without the secrets of the receiver, of which no value is repeated', async () => {
    const shell = recordedShell({ ESS_CALLBACK_KEYS: 'geheim', ESS_CALLBACK_TOKENS: 'geheim' });
    expect(await runCli(['verify-callback', 'http://127.0.0.1:1/'], shell, ports)).toBe(1);
    expect(shell.told).toEqual([expect.stringMatching(/^error: set ESS_CALLBACK_KEYS(?!.*geheim)/)]);
  });
});
