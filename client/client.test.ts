/** The client, on the built functions. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { beforeAll, describe, expect, it } from 'vitest';
import { good, makeCode, platformSuite } from '../functions/testing/platform-suite.ts';
import { type Client, type ClientOptions, createClient } from './create-client.ts';
import { QianmaProblem, QianmaUnreachable } from './problem.ts';
import { type ReceivedHeaders, verifyWebhook } from './webhooks.ts';

const platform = platformSuite();
let client: Client;
beforeAll(() => {
  client = clientWith();
});

const clientWith = (options: Partial<ClientOptions> = {}) =>
  createClient({ baseUrl: platform.url, key: platform.apiKey, pause: async () => undefined, ...options });

const create = (label = 'client') => ({ ...good, Labels: [label] });

describe('a client', () => {
  it('calls an action with what its contract says', async () => {
    const made = await client.call('ChannelCreateMultiFlowSignQRCode', create('first'));
    const { Codes } = await client.call('DescribeMultiFlowSignQRCodes', { Label: 'first' });
    expect(Codes).toMatchObject([{ State: 'Active', CodeId: 'CodeId' in made ? made.CodeId : '' }]);
  });

  it('goes through a list page by page', async () => {
    for (let made = 0; made < 5; made += 1) {
      await client.call('ChannelCreateMultiFlowSignQRCode', create('listed'));
    }
    const ids = new Set<string>();
    const listed = client.each('DescribeMultiFlowSignQRCodes', 'Codes', { Label: 'listed', Limit: 2 });
    for await (const { CodeId } of listed) ids.add(CodeId);
    expect(ids.size).toBe(5);
  });

  it('whose answers are lost twice has made one code', async () => {
    const sent: (string | null)[] = [];
    const unlucky = clientWith({
      fetch: async (url, init) => {
        const response = await fetch(url, init);
        sent.push(new Headers(init?.headers).get('Idempotency-Key'));
        if (sent.length < 3) throw new TypeError('fetch failed');
        return response;
      },
    });
    await unlucky.call('ChannelCreateMultiFlowSignQRCode', create('unlucky'));
    expect([sent.length, new Set(sent).size]).toEqual([3, 1]);
    const { Codes } = await client.call('DescribeMultiFlowSignQRCodes', { Label: 'unlucky' });
    expect(Codes).toHaveLength(1);
  });

  it('is told everything that is wrong, in its language', async () => {
    const chinese = clientWith({ language: 'zh' });
    const refused = chinese.call('ChannelCreateMultiFlowSignQRCode', {
      ...create(),
      FlowName: '',
      MaxFlowNum: -1,
    });
    const error = await refused.catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(QianmaProblem);
    expect(error).toMatchObject({
      status: 400,
      code: 'InvalidRequest',
      errors: [{ path: 'FlowName' }, { path: 'MaxFlowNum' }],
      document: { title: '请求参数有误' },
    });
  });

  it('changes what is at the version that the caller has seen, and nothing else', async () => {
    const made = await makeCode(platform);
    const Version = Number(made['Version']);
    const change = { CodeId: String(made['CodeId']), Note: 'n' };
    const traceparent = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';
    const options = { ifMatch: Version, traceparent };
    const changed = await client.call('ModifyMultiFlowSignQRCode', change, options);
    expect(changed.Version).toBe(Version + 1);
    const late = client.call('ModifyMultiFlowSignQRCode', change, { ifMatch: Version });
    await expect(late).rejects.toMatchObject({ status: 412, document: { Version: Version + 1 } });
    const lines = platform.lines.filter((line) =>
      line.includes('"traceId":"4bf92f3577b34da6a3ce929d0e0e4736"'),
    );
    expect(lines).toHaveLength(1);
  });

  it('says that no answer came where nobody listens', async () => {
    const lost = clientWith({ baseUrl: 'http://127.0.0.1:1', tries: 2 });
    await expect(lost.call('GetCallerIdentity', {})).rejects.toBeInstanceOf(QianmaUnreachable);
  });

  it('ends with its signal, at once', async () => {
    const tried: unknown[] = [];
    const ended = clientWith({
      fetch: (url, init) => {
        tried.push(url);
        return fetch(url, init);
      },
    });
    const call = ended.call('GetCallerIdentity', {}, { signal: AbortSignal.abort() });
    await expect(call).rejects.toMatchObject({ name: 'AbortError' });
    expect(tried).toHaveLength(1);
  });
});

describe('an event', () => {
  /** What a receiver gets when a test event is sent to it, and the secret that has signed it. */
  async function receive(): Promise<{ body: string; headers: ReceivedHeaders; secret: string }> {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo; // of a server on TCP
    const arrived = once(server, 'request').then(async ([request, response]) => {
      const body = await text(request);
      response.end();
      return { body, headers: request.headers };
    });
    const { SubscriptionId, Secret } = await client.call('CreateEventSubscription', {
      Kind: 'standard-webhooks',
      Url: `http://127.0.0.1:${port}/hook`,
      AllOrganizations: true,
    });
    await client.call('SendTestEvent', { SubscriptionId });
    const received = await arrived;
    server.close();
    return { ...received, secret: Secret ?? '' };
  }

  it('is verified with the headers of Node and with those of Fetch, by any secret that is alive', async () => {
    const { body, headers, secret } = await receive();
    const other = `whsec_${Buffer.alloc(24, 1).toString('base64')}`;
    for (const given of [headers, new Headers(Object.entries(headers) as [string, string][])]) {
      expect(verifyWebhook(body, given, other, secret)).toMatchObject({ type: 'test' });
    }
    expect(() => verifyWebhook(body, headers, other)).toThrow('No matching signature found');
    expect(() => verifyWebhook(`${body} `, headers, secret)).toThrow('No matching signature found');
  });
});
