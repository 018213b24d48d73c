import { describe, expect, it } from 'vitest';
import { requireJson } from './json-content.ts';

describe('the content type', () => {
  it.each([
    [{ 'content-type': 'application/json' }],
    [{ 'content-type': 'Application/JSON ; Charset="UTF-8"' }],
    [{ 'content-type': 'application/json;charset=utf-8', 'content-encoding': 'identity' }],
  ])('of %j is accepted', (headers) => {
    expect(() => requireJson(headers, 'en')).not.toThrow();
  });

  it.each([
    [{}, 'Send Content-Type: application/json'],
    [{ 'content-type': '' }, 'Send Content-Type'],
    [{ 'content-type': 'text/plain' }, 'Send Content-Type'],
    [{ 'content-type': 'application/x-www-form-urlencoded' }, 'Send Content-Type'],
    [{ 'content-type': 'application/jsonp' }, 'Send Content-Type'],
    [{ 'content-type': 'application/json, text/plain' }, 'Send Content-Type'],
    [{ 'content-type': 'application/json; charset=gbk' }, 'must be in UTF-8'],
    [{ 'content-type': 'application/json', 'content-encoding': 'gzip' }, 'must not be compressed'],
  ])('of %j is refused', (headers, detail) => {
    expect(() => requireJson(headers, 'en')).toThrow(
      expect.objectContaining({
        code: 'UnsupportedMediaType',
        status: 415,
        detail: expect.stringContaining(detail),
      }),
    );
  });
});
