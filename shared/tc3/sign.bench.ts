import { createHmac, hash } from 'node:crypto';
import { measure } from '../../bench/measure.ts';
import type { BenchResult } from '../../bench/result.ts';
import { createSigner } from './sign.ts';
import { sdkSign } from './testing/sdk-sign.ts';

const secretId = 'AKIDqianmalocal000000000000000000000';
const secretKey = 'qianmalocalsecretkey000000000000';
const host = 'essbasic.tencentcloudapi.com';
const timestampS = 1_551_113_065;

/** A create request with every member that has structure; its JSON is filled up to exactly 1,024 bytes. */
const request = {
  Agent: {
    AppId: 'yDRscUUgyg1zr7wnUyJ8QMwwnHc4OOcQ',
    ProxyOrganizationOpenId: 'proxy-org-openid',
    ProxyOperator: { OpenId: 'proxy-operator-openid' },
  },
  TemplateId: 'yDRvzUUgygqj42ouUuO4zjEueBrK5MeV',
  FlowName: '',
  MaxFlowNum: 100,
  FlowEffectiveDay: 7,
  ApproverComponentLimitTypes: ['a', 'b', 'c', 'd'].map((letter) => ({
    RecipientId: letter.repeat(32),
    Values: ['HANDWRITE', 'ESIGN', 'OCR_ESIGN', 'SYSTEM_ESIGN'],
  })),
};
const missing = 1024 - Buffer.byteLength(JSON.stringify(request));
const payload = { ...request, FlowName: 'x'.repeat(missing) };
const body = Buffer.from(JSON.stringify(payload));

/** Signing a body of 1 KB: against the calls into OpenSSL that are indispensable, and against the SDK. */
export default async function bench(): Promise<BenchResult[]> {
  const sign = createSigner({ secretId, secretKey }, 'essbasic');
  const ours = () =>
    sign({
      host,
      contentType: 'application/json',
      action: 'ChannelCreateMultiFlowSignQRCode',
      body,
      timestampS,
    });
  const sdk = () =>
    sdkSign({ url: `https://${host}/`, payload, timestampS, service: 'essbasic', secretId, secretKey });

  const measured = await measure([
    { name: 'ours', run: ours },
    { name: 'floor', run: bareCalls() },
    { name: 'sdk', run: sdk },
  ]);
  const value = Math.round(1e9 / measured.nsPerCall('ours'));
  const unit = 'signatures/s';
  return [
    {
      name: 'sign/floor',
      ratio: measured.speed('ours', 'floor'),
      against: 'bare crypto.hash of the body, crypto.hash of the canonical request, createHmac',
      value,
      unit,
    },
    {
      name: 'sign/sdk',
      ratio: measured.speed('ours', 'sdk'),
      against: 'sign3 of tencentcloud-sdk-nodejs with the payload object, as its client calls it',
      value,
      unit,
    },
  ];
}

/** The two hashes and the HMAC of one signature, on input of the right length, with nothing between them. */
function bareCalls(): () => string {
  const key = createHmac('sha256', secretKey).update('key').digest();
  const canonical = `POST\n/\n\ncontent-type:application/json\nhost:${host}\nx-tc-action:channelcreatemultiflowsignqrcode\n\ncontent-type;host;x-tc-action\n${'0'.repeat(64)}`;
  const toSign = `TC3-HMAC-SHA256\n${timestampS}\n2019-02-25/essbasic/tc3_request\n${'0'.repeat(64)}`;
  return () => {
    hash('sha256', body, 'hex');
    hash('sha256', canonical, 'hex');
    return createHmac('sha256', key).update(toSign).digest('hex');
  };
}
