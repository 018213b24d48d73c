/** The official SDK, unchanged but for endpoint and protocol: the independent client that the emulator must content. */
import { createServer, request as httpRequest, type Server } from 'node:http';
import { createRequire } from 'node:module';
import type * as essbasicModule from 'tencentcloud-sdk-nodejs/tencentcloud/services/essbasic/index.js';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { credentials } from '../cloud-api/credentials.ts';
import { closeServer, listen } from '../cloud-api/listen.ts';
import { createEmulator } from './create-emulator.ts';
import { goodRequests } from './good-requests.ts';

// By `require`, since Node and vitest disagree about what the exports of this CommonJS module are.
const { essbasic }: typeof essbasicModule = createRequire(import.meta.url)(
  'tencentcloud-sdk-nodejs/tencentcloud/services/essbasic/index.js',
);

const emulator = createEmulator({ seed: 1 });
let port = 0;

beforeAll(async () => {
  ({ port } = await emulator.listen());
});
beforeEach(() => emulator.reset());
afterAll(() => emulator.close());

const { ChannelCreateMultiFlowSignQRCode: create, DescribeTemplates: describeTemplates } = goodRequests;

interface ClientOptions {
  endpoint?: string;
  credential?: { secretId: string; secretKey: string; token?: string };
  signMethod?: 'TC3-HMAC-SHA256' | 'HmacSHA1' | 'HmacSHA256';
  reqMethod?: 'POST' | 'GET';
}

function clientOf({
  endpoint = `127.0.0.1:${port}`,
  credential = credentials[0],
  signMethod = 'TC3-HMAC-SHA256',
  reqMethod = 'POST',
}: ClientOptions = {}) {
  return new essbasic.v20210526.Client({
    credential,
    region: '',
    profile: { signMethod, language: 'en-US', httpProfile: { endpoint, protocol: 'http://', reqMethod } },
  });
}

// The SDK's types ask for lists that can be written to.
const agent = () => structuredClone(create.Agent);
const createRequest = () => ({ ...create, Agent: agent() });

describe('the official SDK', () => {
  it('creates a code, in the shapes of the published example', async () => {
    const answer = await clientOf().ChannelCreateMultiFlowSignQRCode(createRequest());
    const { QrCode, SignUrls, RequestId } = answer;
    expect(RequestId).toMatch(/^s\d{19}$/);
    expect(QrCode?.QrCodeId).toMatch(/^yD[A-Za-z0-9]{30}$/);
    const base = `http://127.0.0.1:${port}`;
    const query = `qrCodeId=${QrCode?.QrCodeId}&expiredTime=${QrCode?.ExpiredTime}`;
    expect(QrCode?.QrCodeUrl).toBe(`${base}/imgs/multiSignQrCodes/QrCode/${QrCode?.QrCodeId}.png`);
    expect(QrCode?.WeixinQrCodeUrl).toMatch(/^http.+\/0\.PNG\?hkey=[0-9a-f]+$/);
    expect(SignUrls).toEqual({
      AppSignUrl: `pages/guide?from=default&where=mini&autoJumpBack=true&to=CHANNEL_CONTRACT_COVER&${query}`,
      EffectiveTime: '',
      HttpSignUrl: `${base}/h5/jump-mp.html?where=mini&from=MSG&to=CHANNEL_CONTRACT_COVER&${query}`,
    });
  });

  it('cancels it, once', async () => {
    const client = clientOf();
    const { QrCode } = await client.ChannelCreateMultiFlowSignQRCode(createRequest());
    const request = { Agent: agent(), QrCodeId: String(QrCode?.QrCodeId) };
    expect(await client.ChannelCancelMultiFlowSignQRCode(request)).toEqual({
      RequestId: expect.stringMatching(
        /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
      ),
    });
    await expect(client.ChannelCancelMultiFlowSignQRCode(request)).rejects.toMatchObject({
      code: 'OperationDenied.QrInvalid',
      message: 'The QR code is not available, please check it and try again.',
    });
  });

  it('lists templates', async () => {
    const answer = await clientOf().DescribeTemplates({ ...describeTemplates, Agent: agent() });
    expect(answer).toMatchObject({ Limit: 20, Offset: 0, TotalCount: answer.Templates?.length });
    expect(answer.Templates?.map(({ TemplateId }) => TemplateId)).toContain(create.TemplateId);
  });

  it('works under the name localhost, whose port it takes for a part of the service', async () => {
    const client = clientOf({ endpoint: `localhost:${port}` });
    await expect(client.ChannelCreateMultiFlowSignQRCode(createRequest())).resolves.toHaveProperty('QrCode');
  });

  it('works with temporary credentials, and not without their token', async () => {
    const { token = '', ...permanent } = credentials[1];
    await expect(
      clientOf({ credential: { ...permanent, token } }).DescribeTemplates({ Agent: agent() }),
    ).resolves.toHaveProperty('Templates');
    await expect(
      clientOf({ credential: permanent }).DescribeTemplates({ Agent: agent() }),
    ).rejects.toMatchObject({ code: 'AuthFailure.TokenFailure' });
  });

  it('is refused with a wrong key', async () => {
    const client = clientOf({ credential: { ...credentials[0], secretKey: 'another key' } });
    await expect(client.DescribeTemplates({ Agent: agent() })).rejects.toMatchObject({
      code: 'AuthFailure.SignatureFailure',
    });
    expect(emulator.journal.list().at(-1)).toMatchObject({
      signature: { canonicalRequest: expect.stringContaining('content-type:application/json\nhost:') },
    });
  });

  it('is refused with an unknown SecretId, which the journal does not repeat', async () => {
    const client = clientOf({ credential: { secretId: 'perhaps-a-secret', secretKey: 'x' } });
    await expect(client.DescribeTemplates({ Agent: agent() })).rejects.toMatchObject({
      code: 'AuthFailure.SecretIdNotFound',
    });
    expect(JSON.stringify(emulator.journal.list())).not.toContain('perhaps-a-secret');
  });

  it.each([
    ['a changed value', (body: string) => body.replace('入职合同', '离职合同')],
    ['an added blank', (body: string) => `${body} `],
  ])('is refused when its body arrives with %s', async (_, change) => {
    const proxy = await tamperingProxy(change);
    try {
      const client = clientOf({ endpoint: `127.0.0.1:${proxy.port}` });
      await expect(client.ChannelCreateMultiFlowSignQRCode(createRequest())).rejects.toMatchObject({
        code: 'AuthFailure.SignatureFailure',
      });
    } finally {
      await closeServer(proxy.server);
    }
    expect(emulator.codes.list().map(({ FlowName }) => FlowName)).not.toContain('离职合同');
  });

  it('passes a proxy that changes nothing', async () => {
    const proxy = await tamperingProxy((body) => body);
    try {
      const client = clientOf({ endpoint: `127.0.0.1:${proxy.port}` });
      await expect(client.ChannelCreateMultiFlowSignQRCode(createRequest())).resolves.toHaveProperty(
        'QrCode',
      );
    } finally {
      await closeServer(proxy.server);
    }
  });
});

/** Every way in which it can sign and send. */
const ways = (['POST', 'GET'] as const).flatMap((reqMethod) =>
  (['TC3-HMAC-SHA256', 'HmacSHA1', 'HmacSHA256'] as const).map(
    (signMethod) => [reqMethod, signMethod] as const,
  ),
);

describe.each(ways)('the official SDK, told to %s and to sign with %s,', (reqMethod, signMethod) => {
  const client = (options: ClientOptions = {}) => clientOf({ reqMethod, signMethod, ...options });
  const codeOf = async (call: Promise<unknown>) => {
    try {
      await call;
    } catch (error) {
      return (error as { code?: string }).code; // the SDK's own exception
    }
    return 'ok';
  };

  it('creates what it would create otherwise, of numbers, truths, lists and Chinese', async () => {
    const request = {
      ...createRequest(),
      FlowName: '入职 & 合同+=%',
      QrCodeName: 'a b',
      MaxFlowNum: 7,
      ForbidPersonalMultipleSign: true,
      FlowNameAppendScannerInfo: false,
      Restrictions: [{ Name: '张三', Mobile: '13800000000' }, { Name: '李四' }],
      ApproverComponentLimitTypes: [
        { RecipientId: 'yDperson000000000000000000000000', Values: ['HANDWRITE', 'ESIGN'] },
      ],
    };
    const { QrCode, RequestId } = await client().ChannelCreateMultiFlowSignQRCode(request);
    expect(emulator.codes.get(String(QrCode?.QrCodeId))).toMatchObject({
      FlowName: '入职 & 合同+=%',
      QrCodeName: 'a b',
      maxFlowNum: 7,
      forbidPersonalMultipleSign: true,
      flowNameAppendScannerInfo: false,
      restrictions: [{ Name: '张三', Mobile: '13800000000' }, { Name: '李四' }],
    });
    const entry = emulator.journal.list().at(-1);
    expect(entry).toMatchObject({
      method: reqMethod,
      action: 'ChannelCreateMultiFlowSignQRCode',
      secretId: credentials[0].secretId,
      requestId: RequestId,
      result: 'ok',
      request: {
        FlowName: '入职 & 合同+=%',
        Restrictions: [{ Name: '***', Mobile: '***' }, { Name: '***' }],
      },
    });
    expect(JSON.stringify(entry)).not.toMatch(/张三|1380000/);
  });

  it('lists templates, cancels, and is told why in its language', async () => {
    const { Templates } = await client().DescribeTemplates({
      Agent: agent(),
      TemplateIds: [create.TemplateId],
      ContentType: 0,
      Limit: 1,
    });
    expect(Templates?.map(({ TemplateId }) => TemplateId)).toEqual([create.TemplateId]);
    await expect(
      client().ChannelCancelMultiFlowSignQRCode({ Agent: agent(), QrCodeId: 'unknown' }),
    ).rejects.toMatchObject({
      code: 'InvalidParameter.DataNotFound',
    });
    expect(await codeOf(client().DescribeTemplates({ Agent: agent(), Limit: 101 }))).toBe(
      'InvalidParameterValue',
    );
    const wrong = { Agent: agent(), Limit: 'many' as unknown as number }; // as JavaScript lets one write it
    expect(await codeOf(client().DescribeTemplates(wrong))).toBe('InvalidParameter');
    const more = { Agent: agent(), Surprise: '1' };
    expect(await codeOf(client().DescribeTemplates(more))).toBe('UnknownParameter');
  });

  it('is refused with another key, an unknown id, and without the token of a temporary key', async () => {
    const { token = '', ...temporary } = credentials[1];
    const call = (credential: NonNullable<ClientOptions['credential']>) =>
      codeOf(client({ credential }).DescribeTemplates({ Agent: agent() }));
    expect(await call({ ...credentials[0], secretKey: 'another' })).toBe('AuthFailure.SignatureFailure');
    const { signature } = emulator.journal.list().at(-1) ?? {};
    expect(signature).toMatchObject({ stringToSign: expect.stringMatching(/./) });
    expect(signature).not.toHaveProperty('mistake');
    expect(await call({ secretId: 'perhaps-a-secret', secretKey: 'x' })).toBe('AuthFailure.SecretIdNotFound');
    expect(await call({ ...temporary, token })).toBe('ok');
    expect(await call(temporary)).toBe('AuthFailure.TokenFailure');
    expect(await call({ ...credentials[0], token })).toBe('AuthFailure.TokenFailure');
    expect(JSON.stringify(emulator.journal.list())).not.toMatch(/perhaps-a-secret|qianmalocaltoken/);
  });

  it.each([-302, 302])('is refused by a server whose clock is %i s off', async (skewS) => {
    const skewed = createEmulator({ realNowMs: () => Date.now() + skewS * 1000 });
    const { port: skewedPort } = await skewed.listen();
    try {
      const call = client({ endpoint: `127.0.0.1:${skewedPort}` }).DescribeTemplates({ Agent: agent() });
      expect(await codeOf(call)).toBe('AuthFailure.SignatureExpire');
    } finally {
      await skewed.close();
    }
  });
});

/** Passes requests on with their headers as they came, and their body changed. */
async function tamperingProxy(change: (body: string) => string): Promise<{ server: Server; port: number }> {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.from(change(Buffer.concat(chunks).toString()));
      const headers = { ...request.headers, 'content-length': String(body.byteLength) };
      const onward = httpRequest({ port, method: 'POST', path: '/', headers, agent: false }, (answer) => {
        response.writeHead(answer.statusCode ?? 0, answer.headers);
        answer.pipe(response);
      });
      onward.end(body);
    });
  });
  const address = await listen(server, 0, '127.0.0.1');
  return { server, port: address.port };
}
