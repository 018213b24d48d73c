import type { SignatureExplanation } from '../signatures/signature-explanation.ts';

/** What is kept of one API request. Holds no key, no signature, no token and no personal data. */
export interface JournalEntry {
  /** Counted from 1. */
  number: number;
  /** On the clock of the stand-in, RFC 3339. */
  at: string;
  requestId: string;
  method: string;
  action: string;
  secretId: string;
  bodyBytes: number;
  /** The body with everything hidden that could be personal; left out where it was no JSON. */
  request?: unknown;
  /** What the service decided: `ok` or a code; `none` where a fault kept it from deciding. */
  result: string;
  /** Why it was refused, in a sentence. */
  reason?: string;
  /** With a wrong signature: what was expected, and which usual mistake leads to what was received. */
  signature?: SignatureExplanation;
  /** The fault that struck it, and what the client got instead. */
  fault?: { id: number; effect: string };
}

interface JournalFilter {
  action?: string;
  result?: string;
  /** The newest so many. */
  limit?: number;
}

export interface Journal {
  /** Oldest first. */
  list(filter?: JournalFilter): JournalEntry[];
  /** How many requests there have been since the start or the last reset, those forgotten included. */
  total(): number;
  clear(): void;
}

export const journalSize = 1000;

export interface WritableJournal extends Journal {
  write(entry: Omit<JournalEntry, 'number'>): JournalEntry;
}

/** Keeps the newest thousand. */
export function createJournal(): WritableJournal {
  let entries: JournalEntry[] = [];
  let total = 0;
  return {
    write(entry) {
      total += 1;
      const numbered = { number: total, ...entry };
      entries.push(numbered);
      // Cut in half at twice the size: cheaper than moving everything with every request.
      if (entries.length >= 2 * journalSize) entries = entries.slice(-journalSize);
      return numbered;
    },
    list({ action, result, limit = journalSize } = {}) {
      const kept = entries
        .slice(-journalSize)
        .filter((entry) => action === undefined || entry.action === action)
        .filter((entry) => result === undefined || entry.result === result);
      return limit === 0 ? [] : structuredClone(kept.slice(-limit));
    },
    total: () => total,
    clear() {
      entries = [];
      total = 0;
    },
  };
}

/** An entry as a line of the log. */
export function journalLine({ method, action, result, reason, requestId, fault }: JournalEntry): string {
  const why = reason === undefined ? '' : `: ${reason}`;
  const struck = fault === undefined ? '' : ` (fault ${fault.id}: ${fault.effect})`;
  return `${method} ${action || '(no action)'} ${result}${why}${struck} [${requestId}]`;
}
