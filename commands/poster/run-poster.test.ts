import { describe, expect, it } from 'vitest';
import { recordedShell } from '../../shared/shell/testing/recorded-shell.ts';
import { runPoster } from './run-poster.ts';

const env = { API_KEY: 'qm_k_secret', PUBLIC_BASE_URL: 'https://sign.example.com' };

function answering(status: number, body: string, headers: Record<string, string> = {}) {
  const asked: { url: string; headers: Headers }[] = [];
  const written: [string, string][] = [];
  return {
    asked,
    written,
    surroundings: {
      fetch: async (url: string | URL | Request, init?: RequestInit) => {
        asked.push({ url: String(url), headers: new Headers(init?.headers) });
        return new Response(body, { status, headers });
      },
      write: async (path: string, bytes: Uint8Array) =>
        void written.push([path, Buffer.from(bytes).toString()]),
    },
  };
}

const file = { 'Content-Disposition': 'inline; filename="AbCdEfGhJkLm.pdf"' };

describe('npm run poster', () => {
  it('writes the file under the name that the function gives it, and prints that', async () => {
    const world = answering(200, '%PDF', file);
    const shell = recordedShell(env);
    expect(await runPoster(['--code', 'a,b', '--paper', 'A5', '--zip'], shell, world.surroundings)).toBe(0);
    expect(world.asked[0]?.url).toBe('https://sign.example.com/poster?CodeId=a%2Cb&Paper=A5&Zip=true');
    expect(world.asked[0]?.headers.get('authorization')).toBe('Bearer qm_k_secret');
    expect([world.written, shell.printed]).toEqual([[['AbCdEfGhJkLm.pdf', '%PDF']], ['AbCdEfGhJkLm.pdf']]);
  });

  it('asks where it is told to, and writes where it is told to', async () => {
    const world = answering(200, '<svg', file);
    const line =
      '--external-id G-3 --format svg --url http://127.0.0.1:9000/poster --out gate.svg --name 北门';
    expect(await runPoster(line.split(' '), recordedShell({ API_KEY: 'k' }), world.surroundings)).toBe(0);
    expect(world.asked[0]?.url).toBe(
      'http://127.0.0.1:9000/poster?ExternalId=G-3&Format=svg&Name=%E5%8C%97%E9%97%A8',
    );
    expect(world.written).toEqual([['gate.svg', '<svg']]);
  });

  it.each([
    [['--code', 'a'], {}, '--url or PUBLIC_BASE_URL must name an http(s) address; API_KEY is not set'],
    [['--code', 'a', '--url', 'ftp://x'], env, '--url or PUBLIC_BASE_URL must name'],
    [['--size', 'A4'], env, 'there is no option --size'],
  ])('of %j is a wrong call', async (argv, variables, told) => {
    const shell = recordedShell(variables);
    expect(await runPoster(argv, shell, answering(200, '').surroundings)).toBe(2);
    expect(shell.told.join('\n')).toContain(told);
  });

  it.each([
    [400, { errors: [{ path: 'QrCodeName', message: 'lacks 𠮷' }] }, 2, 'error: QrCodeName lacks 𠮷'],
    [404, { detail: 'There is no such code' }, 1, 'error: There is no such code'],
    [401, { title: 'No valid API key' }, 1, 'error: No valid API key'],
  ])('says what the function says with %i', async (status, problem, code, told) => {
    const shell = recordedShell(env);
    expect(
      await runPoster(['--code', 'a'], shell, answering(status, JSON.stringify(problem)).surroundings),
    ).toBe(code);
    expect(shell.told[0]).toBe(told);
  });

  it('writes nothing of an answer that is not a poster, and says so', async () => {
    const world = answering(200, '<html>');
    const shell = recordedShell(env);
    expect(await runPoster(['--code', 'a'], shell, world.surroundings)).toBe(1);
    expect([world.written, shell.told[0]]).toEqual([[], expect.stringContaining('status 200')]);
  });

  it('says that nothing answers', async () => {
    const shell = recordedShell(env);
    const surroundings = {
      ...answering(200, '').surroundings,
      fetch: () => Promise.reject(new TypeError('fetch failed')),
    };
    expect(await runPoster(['--code', 'a'], shell, surroundings)).toBe(1);
    expect(shell.told[0]).toContain('cannot be reached');
  });
});
