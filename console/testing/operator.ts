import { readFile } from 'node:fs/promises';
import type { Locator, Page } from 'playwright-core';

/** A person at a desk, each of whose steps is counted: a click, a field that is filled in, a file that is opened. */
export interface Operator {
  page: Page;
  /** Steps so far. */
  steps(): number;
  click(what: Locator): Promise<void>;
  /** The page shown anew, to see what has changed meanwhile. */
  reload(): Promise<void>;
  fill(field: Locator, text: string): Promise<void>;
  choose(list: Locator, value: string): Promise<void>;
  /** Clicks, and opens the file that is saved thereupon. */
  open(what: Locator): Promise<Buffer>;
}

export function atDesk(page: Page): Operator {
  let steps = 0;
  const counted = async <T>(step: Promise<T>): Promise<T> => {
    steps += 1;
    return step;
  };
  return {
    page,
    steps: () => steps,
    click: (what) => counted(what.click()),
    reload: async () => void (await counted(page.reload())),
    fill: (field, text) => counted(field.fill(text)),
    choose: async (list, value) => void (await counted(list.selectOption(value))),
    async open(what) {
      const [download] = await Promise.all([page.waitForEvent('download'), counted(what.click())]);
      return readFile(await download.path());
    },
  };
}
