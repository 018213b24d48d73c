/** Pages as people see them: Chromium, on the built functions with a database and the emulator. */
import { existsSync } from 'node:fs';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { type Platform, startPlatform } from '../../local/start/testing/platform.ts';

/** Where Debian and others put it; CHROMIUM_PATH names another. */
const places = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** The program, or undefined where there is none. */
export function findChromium(): string | undefined {
  return [process.env['CHROMIUM_PATH'], ...places].find((path) => path !== undefined && existsSync(path));
}

export interface ConsoleRun {
  platform: Platform;
  browser: Browser;
  /** A tab of its own, in which nobody has signed in yet, at the console. */
  open(options?: OpenOptions): Promise<OpenPage>;
  close(): Promise<void>;
}

export interface OpenOptions {
  language?: 'zh' | 'en';
  scheme?: 'light' | 'dark';
  width?: number;
  /** Signs in with it. */
  key?: string;
}

interface OpenPage {
  page: Page;
  context: BrowserContext;
  /** What the browser has complained of: violations of the policy, errors of scripts. */
  complaints: string[];
  /** Hosts that were asked for anything. */
  hosts: Set<string>;
}

export async function startConsole(environment: Record<string, string> = {}): Promise<ConsoleRun> {
  const executablePath = findChromium();
  if (executablePath === undefined)
    throw new Error('there is no Chromium: install one, or set CHROMIUM_PATH');
  const [platform, browser] = await Promise.all([
    startPlatform(environment),
    // In a container there is no sandbox for root; the pages are our own.
    chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-dev-shm-usage'] }),
  ]);
  return {
    platform,
    browser,
    async open({ language = 'en', scheme = 'light', width = 1440, key } = {}) {
      const context = await browser.newContext({
        locale: language === 'zh' ? 'zh-CN' : 'en-GB',
        timezoneId: 'Asia/Shanghai',
        colorScheme: scheme,
        viewport: { width, height: 900 },
        reducedMotion: 'reduce',
      });
      const page = await context.newPage();
      const complaints: string[] = [];
      const hosts = new Set<string>();
      page.on('console', (message) => {
        if (message.type() === 'error' && !isRefusedCall(message.text())) complaints.push(message.text());
      });
      page.on('pageerror', (error) => complaints.push(String(error)));
      page.on('request', (request) => {
        const { protocol, host } = new URL(request.url());
        if (protocol !== 'data:' && protocol !== 'blob:') hosts.add(host);
      });
      await page.goto(`${platform.url}/console`);
      if (key !== undefined) await signIn(page, key);
      return { page, context, complaints, hosts };
    },
    async close() {
      await browser.close();
      await platform.close();
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
