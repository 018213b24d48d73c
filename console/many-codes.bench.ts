import type { CDPSession, Page } from 'playwright-core';
import { median } from '../bench/measure.ts';
import type { BenchResult } from '../bench/result.ts';
import { exampleAgent } from '../local/essbasic/seeds/organisations.ts';
import { defaultPolicy } from '../shared/codes/renewal/renewal-policy.ts';
import { openPgDatabase } from '../shared/store/postgres/pg-database.ts';
import { insertManyCodes } from '../shared/store/testing/many-codes.ts';
import { type ConsoleRun, findChromium, startConsole } from './testing/browser.ts';

const count = 10_000;
const rounds = 15;
/** What an action may take of the thread on which a page also hears its user. */
const limitMs = 100;

/** What a person does with the list, one act a round: each resolves when what it leads to is there. */
const acts: Readonly<Record<string, (page: Page, round: number) => Promise<unknown>>> = {
  'turn-page': (page) => answered(page, () => page.getByRole('button', { name: 'Next page' }).click()),
  filter: (page, round) =>
    answered(page, () => page.getByLabel('State').selectOption(round % 2 === 0 ? 'Paused' : 'Active')),
  // Names of contracts end with the number of their code.
  find: (page, round) => answered(page, () => page.getByLabel('Find').fill(`contract ${round + 1}`)),
  scroll: async (page, round) => {
    const ended = page.evaluate('new Promise((done) => addEventListener("scrollend", done, { once: true }))');
    await page.mouse.wheel(0, round % 2 === 0 ? 700 : -700);
    await ended;
  },
};

/** Resolves when the list has been asked again and its answer is shown; looks on without working itself. */
async function answered(page: Page, act: () => Promise<unknown>): Promise<void> {
  const shown = page.evaluate(`new Promise((done) => {
    const place = document.querySelector('.pager [aria-live]');
    let isAsked = false;
    new MutationObserver((_, observer) => {
      const isLoading = place.textContent === 'Loading…';
      if (isAsked && !isLoading) { observer.disconnect(); done(); }
      isAsked ||= isLoading;
    }).observe(place, { characterData: true, childList: true, subtree: true });
  })`);
  await act();
  await shown;
}

/** How long the list of 10,000 codes holds up the main thread of its page, for each action the slowest of several. */
export default async function bench(): Promise<BenchResult[]> {
  if (findChromium() === undefined) {
    console.error('SKIPPED: console/… — there is no Chromium: install one, or set CHROMIUM_PATH');
    return [];
  }
  const run = await startConsole();
  try {
    await fill(run);
    const results: BenchResult[] = [];
    for (const [name, act] of Object.entries(acts)) results.push(await measured(run, name, act));
    return results;
  } finally {
    await run.close();
  }
}

async function measured(run: ConsoleRun, name: string, act: (typeof acts)[string]): Promise<BenchResult> {
  const { page, context } = await run.open({ key: run.platform.apiKey });
  const session = await context.newCDPSession(page);
  await session.send('Performance.enable');
  await page.getByText('Page 1', { exact: true }).waitFor();
  const tookMs: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const beforeMs = await busyMs(page, session);
    await act(page, round);
    tookMs.push((await busyMs(page, session)) - beforeMs);
  }
  await context.close();
  const slowestMs = Math.max(...tookMs);
  return {
    name: `console/${name}`,
    ratio: slowestMs / limitMs,
    against: `${limitMs} ms of main thread, with ${count} codes; the slowest of ${rounds} (median ${Math.round(median(tookMs))} ms)`,
    value: Math.round(slowestMs),
    unit: 'ms',
  };
}

/**
 * For how long the main thread has worked since the page began, once what is shown has been drawn. Milliseconds of its own:
 * not those in which the machine had something else to do.
 */
async function busyMs(page: Page, session: CDPSession): Promise<number> {
  await page.evaluate('new Promise((drawn) => requestAnimationFrame(() => setTimeout(drawn)))');
  const { metrics } = await session.send('Performance.getMetrics');
  return 1000 * (metrics.find(({ name }) => name === 'ThreadTime')?.value ?? Number.NaN);
}

/** Codes as people have made them, in the register of the functions. */
async function fill({ platform }: ConsoleRun): Promise<void> {
  const db = openPgDatabase(platform.databaseUrl, { statementTimeoutMs: 0 });
  await insertManyCodes(db, { count, organizations: 20, newestS: Math.floor(Date.now() / 1000) });
  await db.query('update codes set app_id = $1, policy = $2', [
    exampleAgent.AppId,
    JSON.stringify(defaultPolicy),
  ]);
  await db.close();
}
