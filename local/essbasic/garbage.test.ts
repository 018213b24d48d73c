import { connect } from 'node:net';
import * as fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { casesOf } from '../../shared/testing/cases.ts';
import { send } from '../cloud-api/call.test.kit.ts';
import { controlRoutes } from './control/control-routes.ts';
import { createEmulator } from './create-emulator.ts';
import { type EmulatedName, goodRequests } from './good-requests.ts';
import { call, requestFor, resultOf } from './signed-call.test.kit.ts';

/** Whatever is sent, the emulator answers, finds no defect in itself, and goes on. */

const lines: string[] = [];
const emulator = createEmulator({
  seed: 1,
  requestsPerSecond: Number.POSITIVE_INFINITY,
  logger: (line) => lines.push(line),
});
let url = '';

beforeAll(async () => {
  ({ url } = await emulator.listen());
});
afterAll(async () => {
  await emulator.close();
});

const defects = () => lines.filter((line) => line.startsWith('defect'));
const actions = fc.constantFrom<EmulatedName[]>(
  'ChannelCreateMultiFlowSignQRCode',
  'ChannelCancelMultiFlowSignQRCode',
  'DescribeTemplates',
);
const text = fc.stringMatching(/^[ -~]{0,60}$/);

it('answers signed requests of any JSON', async () => {
  const names = fc.constantFrom(
    ...new Set(Object.values(goodRequests).flatMap((request) => Object.keys(request))),
    '__proto__',
  );
  const patch = fc.oneof(fc.jsonValue(), fc.dictionary(names, fc.jsonValue()));
  await fc.assert(
    fc.asyncProperty(actions, patch, async (action, change) => {
      const value = requestFor(action, change as Parameters<typeof requestFor>[1]); // any JSON is one
      expect(await call(url, action, value)).toHaveProperty('RequestId');
    }),
    casesOf(500),
  );
  expect(defects()).toEqual([]);
});

it('answers HTTP requests of any kind', async () => {
  const headerNames = fc.constantFrom(
    'authorization',
    'x-tc-action',
    'x-tc-version',
    'x-tc-timestamp',
    'content-type',
    'x-tc-token',
    'x-tc-language',
    'origin',
  );
  const paths = fc.oneof(
    fc.constant('/'),
    fc.constantFrom(
      ...controlRoutes.filter(({ path }) => path !== 'reset').map(({ path }) => `/_emulator/${path}`),
    ),
    fc.webPath(),
    fc.constantFrom(
      '/h5/jump-mp.html?qrCodeId=',
      '/imgs/multiSignQrCodes/QrCode/x.png',
      '/files/template.pdf?templateId=test&expiredTime=x',
    ),
  );
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom('POST', 'GET', 'PUT', 'DELETE', 'HEAD', 'OPTIONS'),
      paths,
      fc.dictionary(headerNames, fc.oneof(text, fc.array(text, { minLength: 1, maxLength: 2 }))),
      fc.oneof(
        fc.uint8Array({ maxLength: 50 }),
        fc.json().map((json) => Buffer.from(json)),
      ),
      async (method, path, headers, body) => {
        const { status } = await send(url + path, {
          method,
          headers: { ...headers, 'content-length': String(body.byteLength) },
          body,
        });
        expect(status).toBeGreaterThanOrEqual(200);
        expect(status).toBeLessThan(500);
      },
    ),
    casesOf(1000),
  );
  expect(defects()).toEqual([]);
  emulator.reset();
});

it('outlives what is no HTTP', async () => {
  const { port } = new URL(url);
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ minLength: 1, maxLength: 200 }), async (bytes) => {
      await new Promise<void>((resolve) => {
        const socket = connect(Number(port), '127.0.0.1', () => socket.end(bytes));
        socket.on('error', () => resolve());
        socket.on('close', () => resolve());
        socket.resume();
      });
    }),
    casesOf(100),
  );
  expect(await resultOf(url, 'DescribeTemplates')).toBe('ok');
  expect(defects()).toEqual([]);
});

it('outlives a client that goes away in the middle', async () => {
  const { port } = new URL(url);
  await new Promise<void>((resolve) => {
    const socket = connect(Number(port), '127.0.0.1', () => {
      socket.write('POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{', () =>
        socket.resetAndDestroy(),
      );
    });
    socket.on('error', () => undefined);
    socket.on('close', () => resolve());
  });
  expect(await resultOf(url, 'DescribeTemplates')).toBe('ok');
  expect(defects()).toEqual([]);
});
