import { createServer } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { closeServer, listen } from '../../../../local/cloud-api/listen.ts';
import type { ReceivedRequest } from '../../../../shared/tc3/received-request.ts';

/** A server that answers every call with success and keeps what came. */
export async function listenAndKeep() {
  const kept: ReceivedRequest[] = [];
  const server = createServer(async (request, answer) => {
    const { method = '', url: path = '/', headers } = request;
    kept.push({ method, path, headers, body: await buffer(request) });
    answer.setHeader('Content-Type', 'application/json');
    answer.end('{"Response":{"RequestId":"kept"}}');
  });
  const { port } = await listen(server, 0, '127.0.0.1');
  return {
    host: `127.0.0.1:${port}`,
    /** The only request since the last. */
    take(): ReceivedRequest {
      const [request, ...others] = kept.splice(0);
      if (request === undefined || others.length > 0)
        throw new Error(`${others.length} requests came beside one`);
      return request;
    },
    close: () => closeServer(server),
  };
}
