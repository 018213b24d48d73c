import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { request as httpRequest } from 'node:http';
import { createServer } from 'node:https';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { closeServer, listen } from '../../../../local/cloud-api/listen.ts';

export interface TlsFront {
  host: string;
  /** The file of the certificate that has to be trusted. */
  certificate: string;
  close(): Promise<void>;
}

/** HTTPS in front of a server that speaks HTTP, on this machine. */
export async function tlsFrontOf(host: string, folder: string): Promise<TlsFront> {
  const [key, certificate] = [join(folder, 'key.pem'), join(folder, 'certificate.pem')];
  const identity = ['-subj', '/CN=127.0.0.1', '-addext', 'subjectAltName=IP:127.0.0.1'];
  const made = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2'];
  await promisify(execFile)('openssl', [
    ...['req', '-x509', '-keyout', key, '-out', certificate],
    ...made,
    ...identity,
  ]);
  const options = { key: await readFile(key), cert: await readFile(certificate) };
  const server = createServer(options, (request, answer) => {
    const { method, url = '/', headers } = request;
    const onward = httpRequest(`http://${host}${url}`, { method, headers }, (reply) => {
      answer.writeHead(reply.statusCode ?? 502, reply.headers);
      reply.pipe(answer);
    });
    onward.on('error', () => answer.destroy());
    request.pipe(onward);
  });
  const { port } = await listen(server, 0, '127.0.0.1');
  return { host: `127.0.0.1:${port}`, certificate, close: () => closeServer(server) };
}
