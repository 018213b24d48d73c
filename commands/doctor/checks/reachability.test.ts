/** The checks of what answers under PUBLIC_BASE_URL. That the real functions pass them is tested in `doctor.test.ts`. */
import { describe, expect, it } from 'vitest';
import { untranslated } from '../../../shared/text.ts';
import type { HttpProbe } from '../http-probe.ts';
import { Unreachable } from '../http-probe.ts';
import { examined } from '../testing/examined.ts';
import { consolePage } from './console.ts';
import { functionUrls } from './function-urls.ts';
import { poster } from './poster.ts';
import { stableLink } from './stable-link.ts';

const problem = { 'content-type': 'application/problem+json' };
const html = { 'content-type': 'text/html; charset=utf-8' };

/** Answers by the path; null: there is none. */
const answering =
  (
    answers: (path: string) => [status: number, headers: Record<string, string>, body: string] | null,
  ): HttpProbe =>
  async (url) => {
    const answer = answers(new URL(url).pathname);
    if (answer === null) throw new Unreachable(untranslated('ENOTFOUND'));
    const [status, headers, body] = answer;
    return { status, headers: new Headers(headers), body, sentAtMs: 0, receivedAtMs: 0 };
  };

describe('stable-link', () => {
  const tried = (answer: Parameters<typeof answering>[0]) =>
    examined(stableLink, { http: answering(answer) });

  it('is in order when a link that nobody made gets its page', async () => {
    const finding = await tried((path) => (/^\/s\/1{12}$/.test(path) ? [404, html, '<p>'] : null));
    expect(finding).toMatchObject({ outcome: 'ok' });
  });

  it('says what the function itself says', async () => {
    const body = JSON.stringify({ code: 'Misconfigured', detail: 'DATABASE_URL is not set' });
    expect(await tried(() => [503, problem, body])).toMatchObject({
      outcome: 'fail',
      text: { en: 'stable-link answers, and says: Misconfigured: DATABASE_URL is not set' },
    });
  });

  it.each([
    [200, html],
    [404, { 'content-type': 'application/json' }],
    [302, {}],
  ])('is not what answers %i %j', async (status, headers) => {
    expect(await tried(() => [status, headers, ''])).toMatchObject({
      outcome: 'fail',
      remedy: { en: expect.stringContaining('/s/*') },
    });
  });

  it('is out of reach', async () => {
    expect(await tried(() => null)).toMatchObject({
      outcome: 'fail',
      text: { en: 'PUBLIC_BASE_URL cannot be reached: ENOTFOUND' },
    });
  });
});

describe('console', () => {
  const page = '<!doctype html><meta name="functions" content="{}">';
  const tried = (answer: Parameters<typeof answering>[0], urls = {}) =>
    examined(consolePage, { http: answering(answer), given: { urls: new Map(Object.entries(urls)) } });

  it('is in order when its page is shown, under its own address too', async () => {
    const shown = await tried((path) => (path === '/console' ? [200, html, page] : null));
    expect(shown).toMatchObject({ outcome: 'ok' });
    const own = await tried((path) => (path === '/' ? [200, html, page] : null), {
      console: 'https://own.example.com',
    });
    expect(own).toMatchObject({ outcome: 'ok' });
  });

  it('is of no use when a browser downloads it', async () => {
    const forced = { ...html, 'content-disposition': 'attachment; filename=index.html' };
    expect(await tried(() => [200, forced, page])).toMatchObject({
      outcome: 'fail',
      remedy: { en: expect.stringContaining('CUSTOM_DOMAIN') },
    });
  });

  it.each([
    [200, html, '<p>welcome</p>'],
    [404, problem, '{"code":"NotFound"}'],
    [200, { 'content-type': 'application/json' }, '{}'],
  ])('is not what answers %i %j', async (status, headers, body) => {
    expect(await tried(() => [status, headers, body])).toMatchObject({ outcome: 'fail' });
  });

  it('is out of reach', async () => {
    expect(await tried(() => null)).toMatchObject({
      outcome: 'fail',
      text: { en: 'The console cannot be reached: ENOTFOUND' },
    });
  });
});

describe('poster', () => {
  const pdf = { 'content-type': 'application/pdf', 'content-disposition': 'inline; filename="a.pdf"' };
  const codes = JSON.stringify({ Codes: [{ CodeId: 'Cvc8kC84uPNYbXBGDLhsnw' }] });
  const tried = (answer: Parameters<typeof answering>[0], env = {}) =>
    examined(poster, { http: answering(answer), env });
  /** With a key: the list of codes, and what `poster` answers. */
  const drawn = (list: string, answer: [number, Record<string, string>, string]) =>
    tried((path) => (path === '/poster' ? answer : [200, {}, list]), { API_KEY: 'qm_k_secret' });

  it('is in order when it rejects who has no key', async () => {
    const finding = await tried((path) => (path === '/poster' ? [401, problem, '{}'] : null));
    expect(finding).toMatchObject({ outcome: 'ok', text: { en: expect.stringContaining('without a key') } });
  });

  it('is in order when it draws the poster of a code, or knows none', async () => {
    expect(await drawn(codes, [200, pdf, '%PDF-1.7'])).toMatchObject({
      outcome: 'ok',
      text: { en: expect.stringContaining('is drawn') },
    });
    expect(await drawn('{"Codes":[]}', [404, problem, '{}'])).toMatchObject({
      outcome: 'ok',
      text: { en: expect.stringContaining('no active code') },
    });
  });

  it('is in order when it rejects a key that belongs elsewhere, of which a warning tells', async () => {
    expect(await drawn('{"code":"Unauthenticated"}', [401, problem, '{}'])).toMatchObject({
      outcome: 'warn',
      remedy: { en: expect.stringContaining('npm run keys') },
    });
    expect(await drawn('', [401, html, ''])).toMatchObject({ outcome: 'fail' });
  });

  it('is not what draws no poster, or another file', async () => {
    const typeface = '{"code":"InternalError","detail":"no typeface"}';
    expect(await drawn(codes, [500, problem, typeface])).toMatchObject({
      outcome: 'fail',
      text: { en: expect.stringContaining('no typeface') },
    });
    expect(await drawn(codes, [200, pdf, 'other bytes'])).toMatchObject({ outcome: 'fail' });
    expect(await drawn(codes, [200, { ...pdf, 'content-type': 'text/plain' }, '%PDF-'])).toMatchObject({
      outcome: 'fail',
    });
  });

  it('is of no use when a browser downloads what it answers', async () => {
    const forced = { 'content-disposition': 'attachment; filename=x' };
    const remedy = { en: expect.stringContaining('CUSTOM_DOMAIN') };
    expect(await drawn(codes, [200, { ...pdf, ...forced }, '%PDF-1.7'])).toMatchObject({ remedy });
    expect(await tried(() => [401, { ...problem, ...forced }, '{}'])).toMatchObject({ remedy });
  });

  it.each([
    [200, html],
    [404, problem],
    [401, html],
  ])('is not what answers %i %j to who has no key', async (status, headers) => {
    expect(await tried(() => [status, headers, ''])).toMatchObject({
      outcome: 'fail',
      remedy: { en: expect.stringContaining('--url poster=') },
    });
  });

  it('is out of reach', async () => {
    expect(await tried(() => null)).toMatchObject({
      outcome: 'fail',
      text: { en: 'poster cannot be reached: ENOTFOUND' },
    });
  });
});

describe('function-urls', () => {
  const httpFunctions = ['CreateThing', 'DescribeThing', 'stable-link'];
  const unauthenticated: [number, Record<string, string>, string] = [
    401,
    problem,
    '{"code":"Unauthenticated"}',
  ];
  const tried = (answer: Parameters<typeof answering>[0], urls = {}) =>
    examined(functionUrls, {
      http: answering(answer),
      httpFunctions,
      given: { urls: new Map(Object.entries(urls)) },
    });

  it('are in order when each action turns away who has no key', async () => {
    const seen: string[] = [];
    const finding = await tried((path) => {
      seen.push(path);
      return unauthenticated;
    });
    expect(finding).toMatchObject({ outcome: 'ok', text: { en: expect.stringContaining('All 2 actions') } });
    expect(seen.sort()).toEqual(['/CreateThing', '/DescribeThing']);
  });

  it('are named where one of them does not answer as it should', async () => {
    const broken = JSON.stringify({ code: 'Misconfigured', detail: 'ESS_APP_ID is not set' });
    const finding = await tried((path) =>
      path === '/CreateThing' ? [503, problem, broken] : unauthenticated,
    );
    expect(finding).toMatchObject({
      outcome: 'fail',
      text: { en: 'CreateThing: 503 Misconfigured: ESS_APP_ID is not set' },
    });
  });

  it('are named where a path rule is missing', async () => {
    const finding = await tried((path) => (path === '/CreateThing' ? [404, {}, ''] : unauthenticated));
    expect(finding).toMatchObject({
      outcome: 'fail',
      text: { en: expect.stringContaining('CreateThing: 404') },
    });
  });

  it('may be elsewhere, where nothing of theirs answers under PUBLIC_BASE_URL', async () => {
    expect(await tried(() => [405, problem, '{}'])).toMatchObject({
      outcome: 'skipped',
      text: { en: expect.stringContaining('--url') },
    });
  });

  it('are looked for where they are said to be', async () => {
    const urls = { CreateThing: 'https://a.example/x', DescribeThing: 'https://b.example/y' };
    expect(await tried((path) => (/^\/[xy]$/.test(path) ? unauthenticated : null), urls)).toMatchObject({
      outcome: 'ok',
    });
    expect(await tried(() => [404, {}, ''], urls)).toMatchObject({ outcome: 'fail' });
    expect(await tried(() => null, urls)).toMatchObject({
      outcome: 'fail',
      text: { en: 'CreateThing: ENOTFOUND; DescribeThing: ENOTFOUND' },
    });
  });
});
