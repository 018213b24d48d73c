/** The protocol itself: what comes by HTTP and is no call of a tool. */
import { describe, expect, it } from 'vitest';
import { as } from '../testing/platform-suite.ts';
import { toAnswer, toFetchRequest } from './fetch-exchange.ts';
import { agentSuite } from './testing/agent-suite.ts';

const { platform } = agentSuite();

const headers = {
  'Content-Type': 'application/json',
  Accept: 'application/json, text/event-stream',
};

async function post(body: unknown, more: Record<string, string> = {}) {
  const response = await fetch(`${platform.url}/mcp`, {
    method: 'POST',
    headers: { ...headers, ...as(platform.apiKey), ...more },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  return { status: response.status, type: response.headers.get('content-type'), text: await response.text() };
}

const listTools = (id: number) => ({ jsonrpc: '2.0', id, method: 'tools/list', params: {} });

const asModern = {
  'io.modelcontextprotocol/protocolVersion': '2026-07-28',
  'io.modelcontextprotocol/clientInfo': { name: 'test', version: '1' },
  'io.modelcontextprotocol/clientCapabilities': {},
};

describe('the function', () => {
  it('has no session and no stream: nothing but POST is taken', async () => {
    for (const method of ['GET', 'DELETE']) {
      const { status, headers: answered } = await fetch(`${platform.url}/mcp`, {
        method,
        headers: { ...as(platform.apiKey), Accept: 'text/event-stream' },
      });
      expect([status, answered.get('allow')]).toEqual([405, 'POST']);
    }
  });

  it('answers what is no message of the protocol as the protocol says', async () => {
    expect(await post('{')).toMatchObject({ status: 400, text: expect.stringContaining('-32700') });
    expect(await post({ jsonrpc: '2.0', id: 1, method: 'none/such' })).toMatchObject({
      text: expect.stringContaining('-32601'),
    });
    expect((await post(listTools(1), { 'Content-Type': 'text/plain' })).status).toBe(415);
  });

  it('asks for the key before it reads anything', async () => {
    expect(await post('{', { Authorization: '' })).toMatchObject({
      status: 401,
      type: expect.stringContaining('problem+json'),
    });
  });

  it('refuses at once to keep a stream of changes open', async () => {
    const listen = {
      jsonrpc: '2.0',
      id: 1,
      method: 'subscriptions/listen',
      params: { notifications: { toolsListChanged: true }, _meta: asModern },
    };
    const { text } = await post(listen, {
      'MCP-Protocol-Version': '2026-07-28',
      'Mcp-Method': 'subscriptions/listen',
    });
    expect(text).toContain('Subscription limit reached');
  });

  it('answers each message of a batch, which clients of 2025-03-26 send', async () => {
    const { text } = await post([listTools(1), listTools(2)]);
    expect(text.match(/"name":"find_codes"/g)).toHaveLength(2);
  });

  it('tells in its log which tool was called and what it was refused', async () => {
    const call = { name: 'cancel_code', arguments: { CodeId: 'none-such' } };
    await post({ jsonrpc: '2.0', id: 1, method: 'tools/call', params: call });
    const line = platform.lines.findLast((text) => text.startsWith('mcp | ')) ?? '';
    expect(line).toContain('"tool":"cancel_code"');
    expect(line).toContain('"reason":"NotFound"');
  });
});

describe('an event', () => {
  const request = {
    kind: 'http',
    method: 'POST',
    path: '//other.example/mcp',
    query: {},
    body: Buffer.from('{"a":1}'),
  } as const;

  it('becomes a request of the Fetch API, without the key and without what cannot be sent', async () => {
    const given = {
      ...request,
      headers: {
        accept: 'application/json',
        authorization: 'Bearer secret',
        'mcp-name': '东门',
        'mcp-method': 'tools/call',
        'content-type': 'application/json',
        'x-other': 'y',
      },
    };
    const made = toFetchRequest(given);
    expect(Object.fromEntries(made.headers)).toEqual({
      accept: 'application/json',
      'content-type': 'application/json',
      'mcp-method': 'tools/call',
    });
    expect([made.method, await made.json()]).toEqual(['POST', { a: 1 }]);
  });

  it('is answered with the whole of a stream, without what only a stream has', async () => {
    const answer = new Response('event: message\ndata: {}\n\n', {
      status: 200,
      headers: { 'Content-Type': 'text/event-stream', Connection: 'keep-alive', 'Cache-Control': 'no-cache' },
    });
    expect(await toAnswer(answer)).toEqual({
      status: 200,
      headers: { 'content-type': 'text/event-stream' },
      body: 'event: message\ndata: {}\n\n',
    });
  });
});
