import { expect } from 'vitest';
import type { Platform } from '../../local/start/testing/platform.ts';
import { composeNotification } from '../../shared/callback/compose-notification.ts';
import vectors from '../../shared/callback/vectors/callback.json' with { type: 'json' };
import { makeCode } from './platform-suite.ts';

export const { key, token } = vectors;
/** Of a rotation that is under way. */
export const older = { key: 'OLDER0KEY0OLDER0KEY0OLDER0KEY000', token: 'older-token' };

/** Variables with which the functions take both. */
export const callbackSecrets = {
  ESS_CALLBACK_KEYS: `${key},${older.key}`,
  ESS_CALLBACK_TOKENS: `${token},${older.token}`,
};

interface Posted {
  body: Uint8Array | string;
  headers?: Record<string, string>;
  path?: string;
  method?: string;
}

/** Tencent, as it posts to the functions, and those who look at what came. */
export function notifying(platform: Platform) {
  let made = 0;

  async function post({ body, headers = {}, path = '', method = 'POST' }: Posted) {
    const bodyless = method === 'GET' || method === 'HEAD';
    const response = await fetch(`${platform.url}/callback-handler${path}`, {
      method,
      headers: { 'Content-Type': 'application/json', ...headers },
      ...(!bodyless && { body: body.toString() }),
    });
    return { status: response.status, text: await response.text() };
  }

  /** As Tencent sends it. @returns the message's own id */
  async function notify(
    MsgType: string,
    MsgData: unknown,
    { MsgId = `test-${made++}`, path = '', secrets = { key, token } } = {},
  ): Promise<string> {
    const message = { MsgId, MsgType, MsgVersion: 'ThirdPartyApp', MsgData };
    const answer = await post({ ...composeNotification(message, secrets), path });
    expect(answer).toEqual({ status: 200, text: '{"code":0,"message":"success"}' });
    return MsgId;
  }

  async function listed(asked: object, headers?: Record<string, string>): Promise<Record<string, unknown>[]> {
    const { status, body } = await platform.call('DescribeNotifications', asked, headers);
    expect(status).toBe(200);
    return body['Notifications'] as Record<string, unknown>[]; // as describe-notifications.ts writes it
  }

  return {
    post,
    notify,
    listed,
    one: async (MsgId: string) => (await listed({ MsgId }))[0],

    async makeCode(members: object = {}) {
      const body = await makeCode(platform, members);
      const { QrCodeId } = body['QrCode'] as { QrCodeId: string }; // upstream's own member
      return { CodeId: String(body['CodeId']), QrCodeId };
    },

    async usedOf(CodeId: string): Promise<unknown> {
      const { body } = await platform.call('DescribeMultiFlowSignQRCodes', { CodeId });
      return (body['Codes'] as { Used: number }[])[0]?.Used; // one code by its id
    },
  };
}
