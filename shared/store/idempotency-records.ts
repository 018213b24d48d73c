import { randomUUID } from 'node:crypto';
import type { Database } from './database.ts';

/**
 * How long an `Idempotency-Key` is remembered, in seconds. Published: afterwards the same key is a new request.
 * Source: draft-ietf-httpapi-idempotency-key-header, which leaves the time to the server and asks that it be told.
 */
export const idempotencyLifetimeS = 86_400;

/** What identifies a request with an `Idempotency-Key`. */
export interface IdempotentRequest {
  /** API key of the caller: two callers may use the same `Idempotency-Key`. */
  keyId: string;
  idempotencyKey: string;
  functionName: string;
  /** Hash of the payload: the same key with another payload is refused. */
  payloadHash: string;
}

/** An answer as it was given. */
export interface StoredAnswer {
  status: number;
  headers?: Record<string, string>;
  body: string;
}

export type ClaimOutcome =
  | {
      outcome: 'claimed';
      /** Proves the ownership of the record: another owner gets another one. */
      token: string;
      /** Names the work itself: the same for every owner of the record, until its life is over. */
      workId: string;
      /** An earlier owner never finished: look into the journal for what it did before doing anything again. */
      takenOver: boolean;
    }
  | { outcome: 'replay'; answer: StoredAnswer }
  | {
      outcome: 'in-progress';
      /** Seconds until the owner has finished or is taken for dead. */
      retryAfterS: number;
    }
  | { outcome: 'payload-differs' };

export interface IdempotencyRecords {
  /** Claims the record for `leaseS` seconds, which must exceed the time limit of the function. */
  claim(request: IdempotentRequest, leaseS: number): Promise<ClaimOutcome>;
  /** Stores the answer. False when the record has another owner by now: then the other's answer counts. */
  complete(token: string, answer: StoredAnswer): Promise<boolean>;
  /** Forgets the record, when nothing was done and the same request may come again. False as above. */
  release(token: string): Promise<boolean>;
}

/** A record that is looked for may vanish between two statements; more often than this it does not. */
const claimTries = 3;

export function createIdempotencyRecords(
  db: Database,
  {
    newToken = randomUUID,
    newWorkId = randomUUID,
  }: { newToken?: () => string; newWorkId?: () => string } = {},
): IdempotencyRecords {
  async function claim(request: IdempotentRequest, leaseS: number): Promise<ClaimOutcome> {
    for (let tried = 1; ; tried += 1) {
      const outcome =
        (await tryClaim(db, request, { token: newToken(), workId: newWorkId() }, leaseS)) ??
        (await readRecord(db, request));
      if (outcome) return outcome;
      if (tried >= claimTries) return { outcome: 'in-progress', retryAfterS: 1 };
    }
  }

  return {
    claim,

    async complete(token, answer) {
      const { rowCount } = await db.query(
        `update idempotency_records set answer = $2, in_progress_until = null
         where token = $1 and in_progress_until is not null`,
        [token, JSON.stringify(answer)],
      );
      return rowCount === 1;
    },

    async release(token) {
      const { rowCount } = await db.query(
        'delete from idempotency_records where token = $1 and in_progress_until is not null',
        [token],
      );
      return rowCount === 1;
    },
  };
}

/**
 * One conditional write decides who owns the record. It is won where there is none, where its life is over, or where
 * the same request was left unfinished by an owner whose lease has run out. The database's clock measures both.
 */
async function tryClaim(
  db: Database,
  request: IdempotentRequest,
  { token, workId }: { token: string; workId: string },
  leaseS: number,
): Promise<ClaimOutcome | undefined> {
  const { rows } = await db.query<{ handovers: number; workId: string }>(
    `insert into idempotency_records as r
       (key_id, idempotency_key, function_name, payload_hash, token, work_id, in_progress_until, expires_at)
     values ($1, $2, $3, $4, $5, $8, clock_timestamp() + $6 * interval '1 second',
       clock_timestamp() + $7 * interval '1 second')
     on conflict (key_id, idempotency_key) do update set
       function_name = excluded.function_name,
       payload_hash = excluded.payload_hash,
       token = excluded.token,
       work_id = case when r.expires_at <= clock_timestamp() then excluded.work_id else r.work_id end,
       handovers = case when r.expires_at <= clock_timestamp() then 0 else r.handovers + 1 end,
       in_progress_until = excluded.in_progress_until,
       answer = null,
       expires_at = excluded.expires_at
     where r.expires_at <= clock_timestamp()
        or (r.in_progress_until <= clock_timestamp()
            and r.function_name = excluded.function_name and r.payload_hash = excluded.payload_hash)
     returning handovers, work_id as "workId"`,
    [
      request.keyId,
      request.idempotencyKey,
      request.functionName,
      request.payloadHash,
      token,
      leaseS,
      idempotencyLifetimeS,
      workId,
    ],
  );
  const won = rows[0];
  return won && { outcome: 'claimed', token, workId: won.workId, takenOver: won.handovers > 0 };
}

/** What the record of somebody else says; undefined if it is gone by now, or free again. */
async function readRecord(db: Database, request: IdempotentRequest): Promise<ClaimOutcome | undefined> {
  const { rows } = await db.query<{ same: boolean; answer: string | null; leftS: number | null }>(
    `select function_name = $3 and payload_hash = $4 as same, answer,
       extract(epoch from in_progress_until - clock_timestamp())::float8 as "leftS"
     from idempotency_records
     where key_id = $1 and idempotency_key = $2 and expires_at > clock_timestamp()`,
    [request.keyId, request.idempotencyKey, request.functionName, request.payloadHash],
  );
  const record = rows[0];
  if (record === undefined) return undefined;
  if (!record.same) return { outcome: 'payload-differs' };
  // Only `complete` writes this column, from a StoredAnswer.
  if (record.answer !== null) return { outcome: 'replay', answer: JSON.parse(record.answer) as StoredAnswer };
  const leftS = record.leftS ?? 0;
  return leftS <= 0 ? undefined : { outcome: 'in-progress', retryAfterS: Math.ceil(leftS) };
}
