import { describe, expect, it } from 'vitest';
import { createJournal, journalSize } from './journal.ts';

describe('the journal', () => {
  it('keeps the newest thousand', () => {
    const journal = createJournal();
    const entry = {
      at: '',
      requestId: '',
      method: 'POST',
      action: '',
      secretId: '',
      bodyBytes: 0,
      result: 'ok',
    };
    for (let index = 0; index < 2 * journalSize + 5; index += 1) journal.write(entry);
    expect(journal.total()).toBe(2 * journalSize + 5);
    expect(journal.list()).toHaveLength(journalSize);
    expect(journal.list()[0]?.number).toBe(journalSize + 6);
    expect(journal.list().at(-1)?.number).toBe(2 * journalSize + 5);
  });
});
