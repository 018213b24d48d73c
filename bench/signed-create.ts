import { type Agent, request as httpRequest } from 'node:http';
import { credentials } from '../local/cloud-api/credentials.ts';
import { api } from '../shared/essbasic/api.ts';
import { ChannelCreateMultiFlowSignQRCode } from '../shared/essbasic/ChannelCreateMultiFlowSignQRCode.ts';
import { createSigner } from '../shared/tc3/sign.ts';
import { createBody } from './create-environment.ts';

/** What sends one signed create to a server at this port, and fails unless a code is answered. */
export function createSender(port: number, agent: Agent): () => Promise<void> {
  const sign = createSigner(credentials[0], api.service);
  const body = Buffer.from(JSON.stringify(createBody));
  const action = ChannelCreateMultiFlowSignQRCode.name;
  const host = `127.0.0.1:${port}`;
  return () => {
    const timestampS = Math.floor(Date.now() / 1000);
    const headers = {
      Host: host,
      'Content-Type': 'application/json',
      'Content-Length': body.byteLength,
      Authorization: sign({ host, contentType: 'application/json', action, body, timestampS }),
      'X-TC-Action': action,
      'X-TC-Version': api.version,
      'X-TC-Timestamp': timestampS,
    };
    return new Promise((done, fail) => {
      const request = httpRequest({ host: '127.0.0.1', port, method: 'POST', agent, headers }, (response) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (chunk) => {
          text += chunk;
        });
        // A refusal is cheaper than an answer: it must not pass for one.
        response.once('end', () => (text.includes('"QrCodeId"') ? done() : fail(new Error(text))));
      });
      request.once('error', fail).end(body);
    });
  };
}
