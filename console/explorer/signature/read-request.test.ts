import { describe, expect, it } from 'vitest';
import { readRequest } from './read-request.ts';
import { shellWords } from './shell-words.ts';

const authorization =
  'TC3-HMAC-SHA256 Credential=AKIDx/2026-11-29/essbasic/tc3_request, SignedHeaders=content-type;host, Signature=2bf9148786e64ccb9db90b650f3d304693ab1cef45fc7ae7cdc522ddd279ff53';
const body = `{"FlowName":"入职 \\"it's\\"","n":1}`;

/** What every form of the same request has in common. */
const read = {
  method: 'POST',
  path: '/',
  query: '',
  headers: expect.arrayContaining([
    ['Authorization', authorization],
    ['Host', '127.0.0.1:9377'],
  ]),
  body,
};

const headers = `Authorization: ${authorization}\nContent-Type: application/json\nHost: 127.0.0.1:9377`;
const inShell = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`;
const options = `-H ${inShell(`Authorization: ${authorization}`)} -H 'Content-Type: application/json'`;

describe('readRequest', () => {
  it.each([
    ['with the body as an option', `curl http://127.0.0.1:9377/ ${options} -d ${inShell(body)}`],
    [
      'over several lines',
      `$ curl -sS -X POST \\\n  ${options} \\\n  --data-raw ${inShell(body)} \\\n  'http://127.0.0.1:9377'`,
    ],
    [
      'with the body in double quotation marks',
      `curl 127.0.0.1:9377 ${options} --data-binary ${JSON.stringify(body)}`,
    ],
    [
      'as a browser copies it',
      `curl 'http://127.0.0.1:9377/' ${options} --data-raw $'{"FlowName":"\\u5165\\u804c \\\\"it\\'s\\\\"","n":1}'`,
    ],
    ['with the body from its input', `curl -d @- http://127.0.0.1:9377/ ${options} <<'JSON'\n${body}\nJSON`],
    [
      'with attached options',
      `curl -XPOST --url=http://127.0.0.1:9377/ ${options} --data=${inShell(body)} -o out.json`,
    ],
  ])('reads a command of curl %s', (_, text) => {
    expect(readRequest(text)).toMatchObject({ ...read, form: 'curl' });
  });

  it('does not know what curl reads from a file', () => {
    expect(readRequest('curl -d @body.json http://127.0.0.1:9377/')).not.toHaveProperty('body');
  });

  it('says what curl says of a body of which nobody says anything', () => {
    const type = ['Content-Type', 'application/x-www-form-urlencoded'];
    expect(readRequest("curl -d '{}' http://h/")?.headers).toContainEqual(type);
    expect(readRequest("curl --json '{}' http://h/")?.headers).toContainEqual([
      'Content-Type',
      'application/json',
    ]);
  });

  it.each([
    ['headers and body', `${headers}\n\n${body}\n`],
    ['a whole request', `POST / HTTP/1.1\r\n${headers.replaceAll('\n', '\r\n')}\r\n\r\n${body}`],
    [
      'a URL in its first line',
      `POST http://127.0.0.1:9377/ HTTP/1.1\n${headers.replace(/\nHost.*/, '')}\n\n${body}`,
    ],
  ])('reads HTTP: %s', (_, text) => {
    expect(readRequest(text)).toMatchObject({ ...read, form: 'http' });
  });

  it('keeps a line feed that the length of the body counts', () => {
    const counted = `${headers}\nContent-Length: ${Buffer.byteLength(body) + 1}\n\n${body}\n`;
    expect(readRequest(counted)?.body).toBe(`${body}\n`);
  });

  it('reads what the SDK for Python logs', () => {
    const log = `2026-11-29 23:20:41,755 17255 request.py L100 DEBUG SendRequest: Host: 127.0.0.1:9377
Method: POST
Uri: /
Header: X-TC-TraceId: 475be6e2-cd4d-4d3a-98b7-eeba097c2970
${headers}
X-TC-Timestamp: 1795994441
Data: ${body}

2026-11-29 23:20:41,957 17255 abstract_client.py L447 DEBUG GetResponse: HTTP/1.1 200 OK
Content-Type: application/json`;
    expect(readRequest(log)).toMatchObject({ ...read, form: 'python' });
    expect(readRequest(log)?.headers).toContainEqual(['X-TC-Timestamp', '1795994441']);
  });

  it('reads what the SDK for Go logs', () => {
    const log = `2026/11/29 23:20:47 client.go:559: [DEBUG] http request: POST / HTTP/1.1\r
${headers.replaceAll('\n', '\r\n')}\r
X-Tc-Timestamp: 1795994447\r
\r
${body}
2026/11/29 23:20:47 client.go:576: [DEBUG] http response: HTTP/1.1 200 OK\r
Content-Length: 738\r
`;
    expect(readRequest(log)).toMatchObject({ ...read, form: 'go' });
    expect(readRequest(log)?.headers).toContainEqual(['X-Tc-Timestamp', '1795994447']);
  });

  it('reads what the SDK for Java logs, which is without the body', () => {
    const log = `Nov 29, 2026 11:21:04 PM com.tencentcloudapi.essbasic.v20210526.EssbasicClient info
INFO: send request, request url: http://127.0.0.1:9377/. request headers information: Content-Type: application/json; charset=utf-8;Host: 127.0.0.1:9377;Authorization: ${authorization};X-TC-Timestamp: 1795994463;X-TC-Region: ;`;
    const request = readRequest(log);
    const { body: _, ...withoutBody } = read;
    expect(request).toMatchObject({ ...withoutBody, form: 'java' });
    expect(request).not.toHaveProperty('body');
    expect(request?.headers).toContainEqual(['Content-Type', 'application/json; charset=utf-8']);
    expect(request?.headers).toContainEqual(['X-TC-Region', '']);
  });

  it.each(['', 'hello', '{"a":1}', "curl 'never closed", 'wget http://h/'])('does not read %j', (text) => {
    expect(readRequest(text)).toBeUndefined();
  });
});

describe('shellWords', () => {
  it('reads quotation marks, escapes and continued lines, and leaves variables', () => {
    expect(shellWords(`a 'b c'"d \\"e\\" \\$f" \\g $H \\\n i ''`)).toEqual({
      words: ['a', 'b cd "e" $f', 'g', '$H', 'i', ''],
    });
  });
});
