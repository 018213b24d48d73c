import { createServer } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { closeServer, listen } from './listen.ts';

const server = createServer((_, response) => response.end('here'));
afterEach(() => closeServer(server));

describe('listen', () => {
  it.each([
    ['127.0.0.1', undefined, '127.0.0.1'],
    ['0.0.0.0', undefined, '127.0.0.1'],
    ['0.0.0.0', '192.168.1.5', '192.168.1.5'],
    ['0.0.0.0', 'fd00::5', '[fd00::5]'],
  ])('on %s, known as %s, answers with the host %s', async (host, shownHost, expected) => {
    const { url, port } = await listen(server, 0, host, shownHost);
    expect(url).toBe(`http://${expected}:${port}`);
    const response = await fetch(`http://127.0.0.1:${port}`);
    expect(await response.text()).toBe('here');
  });
});
