import { Failure } from '../../shared/errors.ts';
import type { Answer } from '../../shared/runtime/http/http-handler.ts';
import type { HttpRequest } from '../../shared/runtime/read-event.ts';
import { type PageFile, type PageFiles, pageFile } from './page-files.ts';

/** Functions by their names, and where each is reached; empty: all of them beside the console. */
export type FunctionUrls = Readonly<Record<string, string>>;

/** A year: as long as a cache may keep anything. */
const forGood = 'public, max-age=31536000, immutable';
/** Asked for each time, and answered 304 while it is the same. */
const askedEachTime = 'no-cache';

/**
 * The page, one of its files, or a contract (`openapi.json`, `openapi-3.0.json`, `upstream.json`). Behind a custom domain, and on a laptop, the console is at `/console`; at a Function
 * URL of its own it is at `/`.
 *
 * @throws Failure `NotFound`
 */
export function serve(
  { path, headers }: Pick<HttpRequest, 'path' | 'headers'>,
  files: PageFiles,
  functionUrls: FunctionUrls,
): Answer {
  const [, base = '/', name = ''] = /^(\/console(?:\/|$)|\/)(.*)$/.exec(path) ?? [];
  const isPage = name === '' || name === 'index.html';
  const file = isPage ? page(files, base, functionUrls) : files.assets.get(name);
  if (file === undefined) throw new Failure('NotFound');
  const changes = isPage || name.endsWith('.json');
  const caching = { 'Cache-Control': changes ? askedEachTime : forGood, ETag: file.etag };
  const own = { ...caching, ...(isPage && { 'Content-Security-Policy': policy(functionUrls) }) };
  if (isKnown(headers['if-none-match'], file.etag)) return { status: 304, headers: own, body: '' };
  return { status: 200, headers: { ...own, 'Content-Type': file.contentType }, body: file.body };
}

function page({ template }: PageFiles, base: string, functionUrls: FunctionUrls): PageFile {
  const html = template
    .replaceAll('{{base}}', base.endsWith('/') ? base : `${base}/`)
    .replace('{{functions}}', escapeAttribute(JSON.stringify(functionUrls)));
  return pageFile(html, 'text/html; charset=utf-8');
}

const escapeAttribute = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');

/** Its own scripts and styles, the functions, and nothing of any other host. */
function policy(functionUrls: FunctionUrls): string {
  const origins = [...new Set(Object.values(functionUrls).map((url) => new URL(url).origin))].sort();
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    ["connect-src 'self'", ...origins].join(' '),
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
  ].join('; ');
}

/** Compared weakly, as RFC 9110 §13.1.2 says. */
function isKnown(ifNoneMatch: string | undefined, etag: string): boolean {
  const known = (ifNoneMatch ?? '').split(',').map((item) => item.trim().replace(/^W\//, ''));
  return known.includes(etag) || known.includes('*');
}
