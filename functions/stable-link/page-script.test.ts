import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { waitingScript } from './page-script.ts';

interface Answer {
  type?: string;
  state?: string;
  retryAfterS?: number;
}

/** A browser that shows a page which waits for three seconds; time passes at the word of the test alone. */
function openPage({ answers = [] as (Answer | Error)[], random = 0, fetches = true } = {}) {
  const asked: [string, object][] = [];
  const went: string[] = [];
  const listeners = new Map<string, (event: object) => void>();
  let planned: { run: () => void; ms: number } | undefined;
  const document = {
    documentElement: {
      getAttribute: (name: string) => ({ 'data-wait': '3', 'data-state': 'Exhausted' })[name],
    },
    hidden: false,
    addEventListener: (name: string, listener: () => void) => listeners.set(name, listener),
  };
  const fetch = async (url: string, options: object) => {
    asked.push([url, options]);
    const answer = answers.shift() ?? {};
    if (answer instanceof Error) throw answer;
    const { type = 'basic', state, retryAfterS } = answer;
    const headers = new Map<string, string | number | undefined>([
      ['X-Code-State', state],
      ['Retry-After', retryAfterS],
    ]);
    return { type, headers: { get: (name: string) => headers.get(name) ?? null } };
  };
  const window = {
    ...(fetches && { fetch }),
    addEventListener: (name: string, listener: () => void) => listeners.set(name, listener),
  };
  runInNewContext(waitingScript, {
    document,
    window,
    fetch,
    location: { pathname: '/s/abc', replace: (url: string) => went.push(url) },
    Math: { ...Math, max: Math.max, min: Math.min, random: () => random },
    Date: { now: () => 7 },
    setTimeout: (run: () => void, ms: number) => {
      planned = { run, ms };
    },
    clearTimeout: () => {
      planned = undefined;
    },
  });
  return {
    asked,
    went,
    /** How long it waits before it asks, in milliseconds; undefined: it does not ask. */
    waits: () => planned?.ms,
    async timePasses() {
      const due = planned;
      planned = undefined;
      due?.run();
      await new Promise((done) => setImmediate(done));
    },
    hide(hidden: boolean) {
      document.hidden = hidden;
      listeners.get('visibilitychange')?.({});
    },
    showAgain: (persisted: boolean) => listeners.get('pageshow')?.({ persisted }),
  };
}

describe('a page that waits', () => {
  it('asks its own address for the head alone, and follows nothing', async () => {
    const page = openPage();
    expect([page.waits(), page.asked]).toEqual([3_000, []]);
    await page.timePasses();
    expect(page.asked).toEqual([['/s/abc', { method: 'HEAD', redirect: 'manual', cache: 'no-store' }]]);
    expect(page.went).toEqual([]);
  });

  it.each<[string, Answer]>([
    ['the link leads on', { type: 'opaqueredirect' }],
    ['the code is in another state', { state: 'QuotaBlocked', retryAfterS: 30 }],
    ['the code has ended', { state: 'Cancelled' }],
  ])('goes on when %s', async (_, answer) => {
    const page = openPage({ answers: [answer] });
    await page.timePasses();
    expect(page.went).toEqual(['/s/abc?7']);
    expect(page.waits()).toBeUndefined();
  });

  it.each<[string, Answer | Error]>([
    ['nothing has changed', { state: 'Exhausted', retryAfterS: 3 }],
    ['another answers in place of the function', {}],
    ['there is no network', new Error('offline')],
  ])('stays and asks later when %s', async (_, answer) => {
    const page = openPage({ answers: [answer] });
    await page.timePasses();
    expect(page.went).toEqual([]);
    expect(page.waits()).toBe(3_900);
  });

  it('asks ever less often, once a minute at last', async () => {
    const page = openPage();
    const pauses: number[] = [];
    for (let times = 0; times < 15; times += 1) {
      pauses.push(page.waits() ?? 0);
      await page.timePasses();
    }
    expect(pauses).toEqual(pauses.toSorted((one, other) => one - other));
    expect(page.waits()).toBe(60_000);
  });

  it('asks no sooner than it is told to', async () => {
    const page = openPage({ answers: [{ state: 'Exhausted', retryAfterS: 120 }] });
    await page.timePasses();
    expect(page.waits()).toBe(120_000);
  });

  it('is spread, so that a crowd does not ask at once', () => {
    expect(openPage({ random: 1 }).waits()).toBe(3_900);
  });

  it('does not ask while nobody sees it, and soon after it is seen again', async () => {
    const page = openPage();
    page.hide(true);
    await page.timePasses();
    expect([page.asked, page.waits()]).toEqual([[], undefined]);
    page.hide(false);
    expect(page.waits()).toBe(500);
    await page.timePasses();
    expect(page.asked).toHaveLength(1);
  });

  it('asks soon when it is come back to, as the browser has kept it', () => {
    const page = openPage();
    page.showAgain(false);
    expect(page.waits()).toBe(3_000);
    page.showAgain(true);
    expect(page.waits()).toBe(500);
  });

  it('loads itself again in a browser that cannot ask', async () => {
    const page = openPage({ fetches: false });
    await page.timePasses();
    expect(page.went).toEqual(['/s/abc?7']);
  });
});
