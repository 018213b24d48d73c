import { Failure } from '../../shared/errors.ts';
import type { CloudCredentials } from '../cloud/cloud-api.ts';

/** Where Serverless Devs looks for credentials as well: `access` in `serverless.yml`. */
export const accessVariable = 'qianma_serverless_devs_access';

/** Throws `Misconfigured` where what Serverless Devs hands over, or what stands in the variable, is no API key. */
export function readCredentials(given: unknown): CloudCredentials {
  const content = typeof given === 'string' ? parsed(given) : given;
  const members = typeof content === 'object' && content !== null ? Object.entries(content) : [];
  const text = (...names: string[]) => {
    const value = members.find(
      ([name, member]) => names.includes(name) && typeof member === 'string' && member !== '',
    );
    return value === undefined ? undefined : String(value[1]);
  };
  const secretId = text('SecretID', 'SecretId', 'AccessKeyID');
  const secretKey = text('SecretKey', 'AccessKeySecret');
  if (secretId !== undefined && secretKey !== undefined) {
    return { secretId, secretKey, token: text('SecurityToken', 'Token') };
  }
  const form = '{"AccountID":"…","SecretID":"…","SecretKey":"…"}';
  const message = {
    zh: `须为 ${form}，即部署者的 API 密钥`,
    en: `must be ${form}, the API key of the deployer`,
  };
  throw new Failure('Misconfigured', {
    problems: [{ path: accessVariable, message }],
    detail: { zh: `${accessVariable} ${message.zh}`, en: `${accessVariable} ${message.en}` },
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
