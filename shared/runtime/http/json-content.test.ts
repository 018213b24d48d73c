import { describe, expect, it } from 'vitest';
import { requireJson } from './json-content.ts';

describe('the content type', () => {
  it.each([
    [{ 'content-type': 'application/json' }],
    [{ 'content-type': 'Application/JSON ; Charset="UTF-8"' }],
    [{ 'content-type': 'application/json;charset=utf-8', 'content-encoding': 'identity' }],
    [{ 'content-type': 'application/json; charset=utf8' }],
    [{ 'content-type': 'application/json; charset="UTF8"' }],
    [{ 'content-type': "application/json; charset='utf-8'" }],
  ])('of %j is accepted', (headers) => {
    expect(() => requireJson(headers)).not.toThrow();
  });

  it.each([
    [{}, 'Send Content-Type: application/json'],
    [{ 'content-type': '' }, 'Send Content-Type'],
    [{ 'content-type': 'text/plain' }, 'Send Content-Type'],
    [{ 'content-type': 'application/x-www-form-urlencoded' }, 'Send Content-Type'],
    [{ 'content-type': 'application/jsonp' }, 'Send Content-Type'],
    [{ 'content-type': 'application/json, text/plain' }, 'Send Content-Type'],
    [{ 'content-type': 'application/json; charset=gbk' }, 'must be in UTF-8'],
    [{ 'content-type': 'application/json; charset=utf-16' }, 'must be in UTF-8'],
    [{ 'content-type': 'application/json; charset="utf-8' }, 'must be in UTF-8'],
    [{ 'content-type': 'application/json', 'content-encoding': 'gzip' }, 'must not be compressed'],
  ])('of %j is refused', (headers, detail) => {
    expect(() => requireJson(headers)).toThrow(
      expect.objectContaining({
        code: 'UnsupportedMediaType',
        status: 415,
        detail: { zh: expect.any(String), en: expect.stringContaining(detail) },
      }),
    );
  });
});
