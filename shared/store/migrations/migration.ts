import type { Database } from '../postgres/database.ts';

/** A change of the schema. Once released its text never changes: a later one corrects it. */
export type Migration = { number: number; name: string } & (
  | {
      /** Statements that run in one transaction, on PostgreSQL 15 and later and on PGlite alike. */
      sql: string;
    }
  | {
      /** For tables that are large and in use: one after the other, each once. */
      steps: readonly Step[];
    }
);

/** A part of a migration. What is cut off goes on with the step at which it was. */
export type Step = { name: string } & (
  | {
      /** Statements of one transaction that wait for no lock for long, and hold none for long that others wait for. */
      sql: string;
    }
  | {
      /** Outside of a transaction: may be run again after it was cut off, and by two sessions at once. */
      run(db: Database, progress: Progress): Promise<void>;
    }
);

/** How far a step has come that takes long. */
export interface Progress {
  /** What was saved last; null: it is the first time. */
  place: string | null;
  save(place: string): Promise<void>;
}

/** What must not change: the text, where a step has one, else its name. */
export function textOf(migration: Migration): string {
  if ('sql' in migration) return migration.sql;
  return migration.steps.map((step) => ('sql' in step ? step.sql : step.name)).join('\n');
}
