/**
 * `npm run pictures`: takes the pictures of docs/pictures/ from what `npm start` starts, in both languages. Times and ids
 * in them are those of the run.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { openBrowser, type Pages } from '../../console/testing/browser.ts';
import { type Product, startProduct } from '../../local/start/testing/product.ts';
import type { Language } from '../../shared/text.ts';
import { callerOf, livesNineDays, newGates, runsOutOfQuota, shownGate } from './agency.ts';

const folder = 'docs/pictures';
const desk = { width: 1040, height: 640 };
const phone = { width: 360, height: 640 };

/** Where the pictures of one language are taken. */
interface Scene {
  product: Product;
  pages: Pages;
  language: Language;
  /** The stable link of the gate that is shown. */
  link: string;
  /** Epoch milliseconds. */
  nowMs: number;
}

/** Each picture by its name. In this order: for the last one the world changes. */
const pictures: Readonly<Record<string, (scene: Scene) => Promise<Buffer>>> = {
  codes: async (scene) => (await openCodes(scene, desk)).screenshot(),
  code: async (scene) => {
    const page = await openCode(scene);
    await page.setViewportSize({ ...desk, height: 860 });
    return page.screenshot();
  },
  use: async (scene) => {
    const page = await openCode(scene);
    return page.locator('.card', { has: page.locator('.curve') }).screenshot();
  },
  rows: async (scene) => (await fillInRows(scene)).screenshot(),
  calls: async (scene) => {
    const page = await openCode(scene);
    await page.locator('.own .count').click();
    await page.locator('dialog.drawer .table').first().waitFor();
    return page.locator('dialog.drawer').screenshot();
  },
  phone: async (scene) => (await openCodes(scene, { ...phone, scheme: 'dark' })).screenshot(),
  poster: async (scene) => (await showPoster(scene)).locator('img').screenshot(),
  gate: async (scene) => {
    await runsOutOfQuota(scene.product, scene.link);
    return (await showGate(scene)).screenshot({ fullPage: true });
  },
};

async function openCodes({ pages, product, ...rest }: Scene, look: object): Promise<Page> {
  const { page } = await pages.open({ ...rest, ...look, key: product.apiKey });
  await page.getByRole('link', { name: shownGate(rest.language) }).waitFor();
  // Nothing is pointed at.
  await page.mouse.move(0, 0);
  return page;
}

async function openCode(scene: Scene): Promise<Page> {
  const page = await openCodes(scene, desk);
  await page.getByRole('link', { name: shownGate(scene.language) }).click();
  for (const part of ['.curve', '.qr', '.phone']) await page.locator(part).waitFor();
  return page;
}

/** Rows from a sheet, checked before anything is made. */
async function fillInRows(scene: Scene): Promise<Page> {
  const page = await openCodes(scene, desk);
  await page.locator('nav.ways a[href="#/create"]').click();
  await page.locator('input[name=operator]:valid').waitFor();
  await page.locator('fieldset button').click();
  await page.locator('select[name=templateId]:enabled').selectOption('yDRvzUUgygqj42ouUuO4zjEueBrK5MeV');
  await page.locator('input[name=flowName]').fill(scene.language === 'zh' ? '劳务合同' : 'Labour contract');
  const many = page.locator('details', { has: page.locator('textarea[rows="8"]') });
  await many.locator('summary').click();
  await many.locator('textarea').fill(newGates(scene.language));
  await page.locator('form .buttons button[type=button]').last().click();
  await page.locator('form > .note.good').waitFor();
  await many.evaluate((shown) => shown.scrollIntoView());
  return page;
}

/** As the browser of a phone shows it. */
async function showGate({ pages: { browser }, link, language }: Scene): Promise<Page> {
  const page = await browser.newPage({ viewport: phone, locale: language === 'zh' ? 'zh-CN' : 'en-GB' });
  await page.goto(link);
  await page.locator('h1').waitFor();
  return page;
}

/** The paper of A4, as a browser shows an SVG. */
async function showPoster({ pages: { browser }, product: { url, apiKey }, link }: Scene): Promise<Page> {
  const query = new URLSearchParams({ Slug: link.split('/').at(-1) ?? '', Format: 'svg' });
  const headers = { Authorization: `Bearer ${apiKey}` };
  const svg = await (await fetch(`${url}/poster?${query}`, { headers })).text();
  const page = await browser.newPage({ viewport: { width: 480, height: 700 } });
  const source = `data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}`;
  await page.setContent(`<img alt="" width="440" style="border: 1px solid #ccc" src="${source}">`);
  return page;
}

async function takeAll(language: Language): Promise<void> {
  const product = await startProduct();
  const pages = await openBrowser(product.url).catch(async (error: unknown) => {
    await product.stop();
    throw error;
  });
  try {
    const link = await livesNineDays(product, callerOf(product), language);
    const { nowS } = (await product.ask('clock')) as { nowS: number }; // a member of that route
    for (const [name, take] of Object.entries(pictures)) {
      const image = await take({ product, pages, language, link, nowMs: nowS * 1000 });
      writeFileSync(join(folder, `${name}${language === 'zh' ? '.zh-CN' : ''}.png`), image);
    }
  } finally {
    await pages.close();
    await product.stop();
  }
}

mkdirSync(folder, { recursive: true });
for (const language of ['zh', 'en'] as const) await takeAll(language);
