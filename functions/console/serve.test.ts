import { describe, expect, it } from 'vitest';
import { pageFile } from './page-files.ts';
import { serve } from './serve.ts';

const script = pageFile('run()', 'text/javascript; charset=utf-8');
const files = {
  template: '<meta name="functions" content="{{functions}}"><script src="{{base}}main-AB12.js"></script>',
  assets: new Map([
    ['main-AB12.js', script],
    ['openapi.json', pageFile('{}', 'application/json; charset=utf-8')],
  ]),
};
const get = (path: string, { headers = {}, urls = {} } = {}) => serve({ path, headers }, files, urls);

describe('the console', () => {
  it.each([
    ['/console', '/console/'],
    ['/console/', '/console/'],
    ['/', '/'],
    ['/index.html', '/'],
  ])('answers at %s with the page, whose files are below %s', (path, base) => {
    const { status, headers, body } = get(path);
    expect([status, headers['Content-Type']]).toEqual([200, 'text/html; charset=utf-8']);
    expect(body).toContain(`src="${base}main-AB12.js"`);
    expect(headers['Content-Disposition']).toBeUndefined();
  });

  it.each(['/console/main-AB12.js', '/main-AB12.js'])(
    'answers at %s with a file that never changes',
    (path) => {
      expect(get(path)).toEqual({
        status: 200,
        headers: {
          'Cache-Control': 'public, max-age=31536000, immutable',
          'Content-Type': 'text/javascript; charset=utf-8',
          ETag: script.etag,
        },
        body: 'run()',
      });
    },
  );

  it.each(['/console/openapi.json', '/openapi.json'])(
    'answers at %s with the contract of the API',
    (path) => {
      const { status, headers, body } = get(path);
      expect([status, headers['Content-Type'], body]).toEqual([200, 'application/json; charset=utf-8', '{}']);
      expect(headers['Cache-Control']).toBe('no-cache');
      expect(get(path, { headers: { 'if-none-match': headers['ETag'] ?? '' } }).status).toBe(304);
    },
  );

  it.each([
    '/console/other.js',
    '/console/../main-AB12.js',
    '/consoles',
    '/console/__proto__',
    '/x/main-AB12.js',
  ])('has nothing at %s', (path) => {
    expect(() => get(path)).toThrow(expect.objectContaining({ code: 'NotFound' }));
  });

  it('lets a browser ask whether the page is another, and answers nothing where it is not', () => {
    const { headers } = get('/console');
    expect(headers['Cache-Control']).toBe('no-cache');
    const etag = headers['ETag'] ?? '';
    for (const known of [etag, `W/${etag}`, `"x", ${etag}`, '*']) {
      expect(get('/console', { headers: { 'if-none-match': known } })).toMatchObject({
        status: 304,
        body: '',
      });
    }
    expect(get('/console', { headers: { 'if-none-match': '"x"' } }).status).toBe(200);
  });

  it('is another page where the functions are elsewhere', () => {
    const [beside, elsewhere] = [get('/'), get('/', { urls: { DescribeThing: 'https://a.example.com' } })];
    expect(beside.headers['ETag']).not.toBe(elsewhere.headers['ETag']);
  });

  it('tells the page where the functions are, and whatever it is told stays a value', () => {
    const { body } = get('/', { urls: { A: 'https://a.example.com/x?"><script>' } });
    expect(body).toContain(
      'content="{&quot;A&quot;:&quot;https://a.example.com/x?\\&quot;>&lt;script>&quot;}"',
    );
  });

  it('lets the page run its own scripts and reach the functions, and nothing else', () => {
    const policy = (urls = {}) => get('/', { urls }).headers['Content-Security-Policy'] ?? '';
    expect(policy()).toContain("default-src 'none'; script-src 'self'; style-src 'self'");
    expect(policy()).toContain("connect-src 'self';");
    expect(policy()).not.toContain('unsafe');
    const urls = { A: 'https://a.example.com', B: 'https://b.example.com/x', C: 'https://a.example.com/y' };
    expect(policy(urls)).toContain("connect-src 'self' https://a.example.com https://b.example.com;");
  });
});
