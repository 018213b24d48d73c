import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import {
  admin,
  agent,
  body,
  env,
  type Run,
  requestOf,
  store,
  stored,
  world,
} from '../testing/action-world.ts';
import { csvList } from './csv.ts';
import { httpAction } from './http-action.ts';
import type { IdempotencyRecords, StoredAnswer } from './idempotency-record.ts';

describe('an action', () => {
  it('answers with its own members and the request id', async () => {
    const { call } = world();
    const answer = await call({ headers: { 'X-Request-Id': 'trace-1' } });
    expect(answer).toMatchObject({
      statusCode: 200,
      isBase64Encoded: false,
      body: '{"Done":true,"RequestId":"trace-1"}',
      headers: { 'Content-Type': 'application/json; charset=utf-8', 'X-Request-Id': 'trace-1' },
    });
  });

  it('is told who asks for what, and until when', async () => {
    let seen: Parameters<Run>[0] | undefined;
    const { call } = world(
      async (received) => {
        seen = received;
        return {};
      },
      { now: () => 1_000_000 },
    );
    await call({ headers: { 'Accept-Language': 'zh-CN' } });
    expect(seen).toMatchObject({
      input: body,
      caller: {
        scope: { appId: 'app', organizations: ['org-a'] },
        actor: `key:${stored.keyId}`,
        isAdmin: false,
      },
      principal: { keyId: stored.keyId, role: 'operator', organizations: ['org-a'] },
      requestId: 'made',
      language: 'zh',
      deadlineMs: 1_000_000 + 10_000 - 700,
      config: { ESS_SECRET_KEY: env.ESS_SECRET_KEY, ESS_APP_ID: 'app', API_KEY_HASH: [admin.hash] },
      resources: { opened: true },
    });
  });

  it('opens its resources once for all calls, and not for those that are refused before', async () => {
    const { call, opened } = world();
    await call({ headers: { authorization: '' } });
    await call({ headers: { authorization: `Bearer ${admin.key}` }, body: '{' });
    expect(opened).toHaveLength(0);
    await Promise.all([call(), call()]);
    expect(opened).toHaveLength(1);
  });

  it('has its Agent completed from the key and the configuration', async () => {
    let agents: unknown[] = [];
    const { call } = world(async ({ input }) => {
      agents = [...agents, input.Agent];
      return {};
    });
    expect((await call({ body: '{"QrCodeId":"x"}' })).statusCode).toBe(200);
    expect(
      (await call({ body: '{"QrCodeId":"x","Agent":{"ProxyOperator":{"OpenId":"op-b"}}}' })).statusCode,
    ).toBe(200);
    expect(agents).toEqual([agent, { ...agent, ProxyOperator: { OpenId: 'op-b' } }]);
  });

  it('without an Agent in its schema is given none', async () => {
    const handler = httpAction(
      {
        name: 'Plain',
        role: 'viewer',
        request: z.strictObject({ Name: z.optional(z.string()) }),
        needs: [],
        open: () => ({ apiKeys: store }),
        run: async ({ input }) => ({ Got: input }),
      },
      { env, write: () => {} },
    );
    const response = await handler(requestOf({ body: '{"Name":"x"}' }), {});
    expect(JSON.parse(response.body)).toMatchObject({ Got: { Name: 'x' } });
  });

  it('writes one line, with what is needed to find the call again', async () => {
    const { call, logged } = world(async ({ facts }) => {
      facts.upstreamRequestId = 's42';
      return {};
    });
    await call();
    expect(logged()).toEqual([
      {
        time: expect.any(String),
        level: 'info',
        message: 'done',
        function: 'ChannelCancelMultiFlowSignQRCode',
        cold: true,
        requestId: 'made',
        method: 'POST',
        keyId: stored.keyId,
        status: 200,
        upstreamRequestId: 's42',
        durationMs: expect.any(Number),
      },
    ]);
  });

  it('is answered with a table where it asks for one, and with JSON where it does not', async () => {
    const list = world(
      async () => ({ Codes: [{ CodeId: '=1+1', Reason: { En: 'so', Zh: '因' } }], NextCursor: 'c' }),
      {},
      { csv: csvList('Codes', 'CodeId', 'Reason:text') },
    );
    const {
      statusCode,
      headers,
      body: table,
    } = await list.call({
      headers: { accept: 'text/csv', 'accept-language': 'zh' },
    });
    expect([statusCode, headers]).toMatchObject([
      200,
      {
        'Content-Type': 'text/csv; charset=utf-8; header=present',
        'Next-Cursor': 'c',
      },
    ]);
    expect(table).toBe("\ufeffCodeId,Reason\r\n'=1+1,因\r\n");
    expect((await list.call({ headers: { accept: '*/*' } })).document).toMatchObject({ NextCursor: 'c' });
  });

  it('tells a text in the language that the caller reads, wherever it is in an answer', async () => {
    const text = { zh: '模板', en: 'template' };
    const { call } = world(async () => ({ List: [{ Message: text }], Both: { En: 'a', Zh: '甲' } }));
    expect((await call()).document).toMatchObject({ List: [{ Message: 'template' }] });
    const chinese = await call({ headers: { 'accept-language': 'zh' } });
    expect(chinese.document).toMatchObject({ List: [{ Message: '模板' }], Both: { En: 'a', Zh: '甲' } });
  });
});

describe('an answer under an Idempotency-Key', () => {
  const headers = { 'idempotency-key': 'k' };

  /** Records that remember one answer. */
  function remembering() {
    let kept: StoredAnswer | undefined;
    const records: IdempotencyRecords = {
      claim: async () =>
        kept === undefined
          ? { outcome: 'claimed', token: 't', workId: 'w', takenOver: false }
          : { outcome: 'replay', answer: kept },
      complete: async (_token, answer) => {
        kept = answer;
        return true;
      },
      textOf: (answer: StoredAnswer) => JSON.stringify(answer),
      release: async () => true,
    };
    return records;
  }

  it('is given again, and the action is told of the work', async () => {
    const works: unknown[] = [];
    const { call } = world(
      async ({ work }) => {
        works.push(work);
        return { Done: true };
      },
      {},
      { idempotency: remembering() },
    );
    const first = await call({ headers });
    const again = await call({ headers });
    expect(again.document).toEqual(first.document);
    expect([first, again].map((one) => one.headers['Idempotent-Replayed'])).toEqual([undefined, 'true']);
    expect(works).toEqual([expect.objectContaining({ workId: 'w', takenOver: false })]);
  });

  it('is not remembered of a request that changes nothing', async () => {
    let runs = 0;
    const { call } = world(
      async () => {
        runs += 1;
        return {};
      },
      {},
      { idempotency: remembering(), changes: ({ QrCodeId }) => QrCodeId !== body.QrCodeId },
    );
    await call({ headers });
    await call({ headers });
    expect(runs).toBe(2);
  });

  it('is remembered for the line of its API key, which a successor goes on', async () => {
    const asked: string[] = [];
    const idempotency: IdempotencyRecords = {
      claim: async ({ keyId }) => {
        asked.push(keyId);
        return { outcome: 'replay', answer: { status: 200, body: '{}' } };
      },
      complete: async () => true,
      textOf: (answer: StoredAnswer) => JSON.stringify(answer),
      release: async () => true,
    };
    await world(undefined, {}, { idempotency }).call({ headers });
    expect(asked).toEqual(['the first of its line']);
  });
});
