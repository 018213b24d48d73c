import { Agent, type ClientRequest, request as httpRequest } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { text } from 'node:stream/consumers';
import { api } from '../../shared/essbasic/api.ts';
import { type Credentials, createSigner } from '../../shared/tc3/sign.ts';

/** The answer to a call, as far as it is looked at. */
export interface Answer {
  Error?: { Code: string };
  QrCode?: { QrCodeId: string };
}

/** Calls actions at an endpoint, one after the other over one connection. @throws Error where no answer of the API comes */
export function signedCalls(endpoint: string, credentials: Credentials) {
  const url = new URL(endpoint);
  const sign = createSigner(credentials, api.service);
  const contentType = 'application/json';
  const isSecure = url.protocol === 'https:';
  const agent = new (isSecure ? HttpsAgent : Agent)({ keepAlive: true, maxSockets: 1 });
  const begin = (headers: Record<string, string | number>) =>
    (isSecure ? httpsRequest : httpRequest)(url, { method: 'POST', agent, headers });

  return async (action: string, value: object): Promise<Answer> => {
    const body = Buffer.from(JSON.stringify(value));
    const timestampS = Math.floor(Date.now() / 1000);
    const headers = {
      Host: url.host,
      'Content-Type': contentType,
      'Content-Length': body.byteLength,
      'X-TC-Action': action,
      'X-TC-Version': api.version,
      'X-TC-Timestamp': timestampS,
      Authorization: sign({ host: url.host, contentType, body, timestampS }),
    };
    const answer = await answerTo(() => begin(headers), body);
    const { Response } = JSON.parse(answer) as { Response: Answer }; // the shape of every answer
    return Response;
  };
}

/** A connection that the other side has closed in between is noticed by the next request, which then goes over a new one. */
async function answerTo(begin: () => ClientRequest, body: Uint8Array): Promise<string> {
  for (;;) {
    const request = begin();
    try {
      return await new Promise<string>((resolve, reject) => {
        request.once('response', (response) => resolve(text(response)));
        request.once('error', reject).end(body);
      });
    } catch (error) {
      if (!request.reusedSocket) throw error;
    }
  }
}
