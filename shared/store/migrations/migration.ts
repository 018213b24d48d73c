/** One step of the schema. Once released its text never changes: a later step corrects it. */
export interface Migration {
  /** 1, 2, 3 … without a gap. */
  number: number;
  name: string;
  /** Statements that run in one transaction, on PostgreSQL 15 and later and on PGlite alike. */
  sql: string;
}
