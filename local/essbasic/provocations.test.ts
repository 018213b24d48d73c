import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { errorCodes } from '../../shared/essbasic/error-codes.ts';
import { publishedCodesOf } from '../../shared/essbasic/published-codes.ts';
import { createEmulator } from './create-emulator.ts';
import { allEmulatedActions } from './gateway/emulated-actions.ts';
import { forcingId, isErrorCode } from './gateway/forced-error.ts';
import { type EmulatedName, goodRequests } from './good-requests.ts';
import { type Provocation, provocations } from './provocations.ts';
import { call, callRaw, requestFor, resultOf } from './signed-call.test.kit.ts';

const emulatedActions = await allEmulatedActions();

// Its clock stands still: 21 requests come within a second of it, however slow the machine.
const emulator = createEmulator({ seed: 1, speed: 0 });
let url = '';

beforeAll(async () => {
  ({ url } = await emulator.listen());
});
beforeEach(() => emulator.reset());
afterAll(() => emulator.close());

async function provoke({ action, patch, twist = {} }: Provocation) {
  const { times = 1 } = twist;
  const value = requestFor(action, patch);
  for (let index = 1; index < times; index += 1) {
    expect(await call(url, action, value, twist)).not.toHaveProperty('Error');
  }
  return await callRaw(url, action, value, twist);
}

describe('each provocation', () => {
  it.each(provocations.map((one) => [one.action, one.code, one] as const))(
    '%s answers %s',
    async (_action, code, provocation) => {
      const { status, contentType, text } = await provoke(provocation);
      expect(status).toBe(200);
      expect(contentType).toBe('application/json');
      expect(JSON.parse(text)).toEqual({
        Response: {
          Error: { Code: code, Message: expect.stringMatching(/./) },
          RequestId: expect.stringMatching(/^(s\d{19}|[0-9a-f-]{36})$/),
        },
      });
      expect(emulator.journal.list().at(-1)).toMatchObject({
        result: code,
        reason: expect.stringMatching(/./),
      });
    },
  );

  it.each(emulatedActions.map(({ contract }) => contract.name))(
    'is there for every published code of %s',
    (action) => {
      const provoked = provocations.filter((one) => one.action === action).map(({ code }) => code);
      expect(
        publishedCodesOf(action).filter((code) => !isErrorCode(code) || !provoked.includes(code)),
      ).toEqual([]);
    },
  );
});

describe('a good request', () => {
  it.each(emulatedActions.map(({ contract }) => contract.name))('of %s is accepted', async (action) => {
    // The names of both lists are compared in the next test.
    expect(await resultOf(url, action as EmulatedName)).toBe('ok');
  });

  it('is there for every action', () => {
    expect(Object.keys(goodRequests).sort()).toEqual(
      emulatedActions.map(({ contract }) => contract.name).sort(),
    );
  });
});

describe('an id that begins with force:', () => {
  it.each(Object.keys(errorCodes).filter(isErrorCode))('provokes %s', async (code) => {
    expect(await resultOf(url, 'DescribeTemplates', { TemplateId: forcingId(code) })).toBe(code);
  });

  it.each(['force:', 'force:NoSuchCode', 'force:toString'])(
    'provokes nothing where it names no code: %s',
    async (TemplateId) => {
      expect(await resultOf(url, 'ChannelCreateMultiFlowSignQRCode', { TemplateId })).toBe(
        'ResourceNotFound.Template',
      );
    },
  );
});
