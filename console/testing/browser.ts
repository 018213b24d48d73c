/** Pages as people see them: Chromium, on the built functions with a database and the emulator. */
import { existsSync } from 'node:fs';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { type Platform, startPlatform } from '../../local/start/testing/platform.ts';
import { holdAgainstContract } from './held-answers.ts';

/** Where Debian and others put it; CHROMIUM_PATH names another. */
const places = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** The program, or undefined where there is none. */
export function findChromium(): string | undefined {
  return [process.env['CHROMIUM_PATH'], ...places].find((path) => path !== undefined && existsSync(path));
}

/** A browser, at the console of some platform. */
export interface Pages {
  browser: Browser;
  /** A tab of its own, in which nobody has signed in yet, at the console. */
  open(options?: OpenOptions): Promise<OpenPage>;
  close(): Promise<void>;
}

export interface ConsoleRun extends Pages {
  platform: Platform;
}

export interface OpenOptions {
  language?: 'zh' | 'en';
  scheme?: 'light' | 'dark';
  width?: number;
  height?: number;
  /** The time of its clock, which stands still; the machine's unless given. Epoch milliseconds. */
  nowMs?: number;
  /** Signs in with it. */
  key?: string;
}

interface OpenPage {
  page: Page;
  context: BrowserContext;
  /** Violations of the policy, errors of scripts, answers that are against the contract. */
  complaints: string[];
  /** Hosts that were asked for anything. */
  hosts: Set<string>;
}

/** The console on the built functions, for one test file. */
export async function startConsole(environment: Record<string, string> = {}): Promise<ConsoleRun> {
  const platform = await startPlatform(environment);
  const pages = await openBrowser(platform.url).catch(async (error: unknown) => {
    await platform.close();
    throw error;
  });
  return {
    ...pages,
    platform,
    async close() {
      await pages.close();
      await platform.close();
    },
  };
}

/** @param url where the functions answer, the console among them */
export async function openBrowser(url: string): Promise<Pages> {
  const executablePath = findChromium();
  if (executablePath === undefined)
    throw new Error('there is no Chromium: install one, or set CHROMIUM_PATH');
  // In a container there is no sandbox for root; the pages are our own.
  const browser = await chromium.launch({
    executablePath,
    args: ['--no-sandbox', '--disable-dev-shm-usage'],
  });
  return {
    browser,
    close: () => browser.close(),
    async open({ language = 'en', scheme = 'light', width = 1440, height = 900, nowMs, key } = {}) {
      const context = await browser.newContext({
        locale: language === 'zh' ? 'zh-CN' : 'en-GB',
        timezoneId: 'Asia/Shanghai',
        colorScheme: scheme,
        viewport: { width, height },
        reducedMotion: 'reduce',
      });
      if (nowMs !== undefined) await context.clock.setFixedTime(nowMs);
      const page = await context.newPage();
      const complaints: string[] = [];
      const hosts = new Set<string>();
      page.on('console', (message) => {
        if (message.type() === 'error' && !isRefusedCall(message.text())) complaints.push(message.text());
      });
      page.on('pageerror', (error) => complaints.push(String(error)));
      page.on('response', (response) => holdAgainstContract(response, complaints));
      page.on('request', (request) => {
        const { protocol, host } = new URL(request.url());
        if (protocol !== 'data:' && protocol !== 'blob:') hosts.add(host);
      });
      await page.goto(`${url}/console`);
      if (key !== undefined) await signIn(page, key);
      return { page, context, complaints, hosts };
    },
  };
}

/** Chromium writes a line for each answer that is no success; the page says so itself. */
const isRefusedCall = (text: string) => text.startsWith('Failed to load resource');

export async function signIn(page: Page, key: string): Promise<void> {
  await page.locator('input[name=key]').fill(key);
  await page.locator('button[type=submit]').click();
  await page.locator('nav.ways').waitFor();
}
