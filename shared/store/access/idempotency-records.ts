import type {
  IdempotencyClaim,
  IdempotencyRecords,
  IdempotentRequest,
  StoredAnswer,
} from '../../runtime/http/idempotency-record.ts';
import type { RememberedAnswer, Seal } from '../../world.ts';
import type { Database, Statement } from '../postgres/database.ts';
import { isOver } from '../postgres/leases.ts';

/**
 * How long an `Idempotency-Key` is remembered, in seconds. Published: afterwards the same key is a new request.
 * Source: draft-ietf-httpapi-idempotency-key-header, which leaves the time to the server and asks it to publish it.
 */
export const idempotencyLifetimeS = 86_400;

const plain: Seal = { seal: (text) => text, open: (text) => text };

/** A function runs for 900 seconds at most (SCF); its claim outlives it by a little. */
const longestLeaseS = 1000;

/** A record that is looked for may vanish between two statements; more often than this it does not. */
const claimTries = 3;

export function createIdempotencyRecords(
  db: Database,
  {
    newToken = () => crypto.randomUUID(),
    newWorkId = newToken,
    seal = plain,
  }: {
    newToken?: () => string;
    newWorkId?: () => string;
    /** For answers that hold a secret; left out: they are stored as they were given. */
    seal?: Seal;
  } = {},
): IdempotencyRecords {
  async function claim(request: IdempotentRequest, leaseS: number): Promise<IdempotencyClaim> {
    for (let tried = 1; ; tried += 1) {
      const outcome =
        (await tryClaim(db, request, { token: newToken(), workId: newWorkId() }, leaseS)) ??
        (await readRecord(db, request, seal));
      if (outcome) return outcome;
      if (tried >= claimTries) return { outcome: 'in-progress', retryAfterS: 1 };
    }
  }

  const textOf = (answer: StoredAnswer) => seal.seal(JSON.stringify(answer));

  return {
    claim,
    textOf,

    async complete(token, answer) {
      const completion = completeStatement({ token, text: textOf(answer) });
      const { rowCount } = await db.query(completion.text, completion.params);
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

/** Stores an answer, if the record has not got another owner. For the transaction that makes the answer true. */
export function completeStatement({ token, text }: RememberedAnswer): Statement {
  return {
    text: `update idempotency_records set answer = $2, in_progress_until = null
      where token = $1 and in_progress_until is not null`,
    params: [token, text],
    prepared: true,
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
): Promise<IdempotencyClaim | undefined> {
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
        or (${isOver('r.in_progress_until', longestLeaseS)} and r.in_progress_until is not null
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

/** What the record of another call says; undefined if it is gone by now, or free again. */
async function readRecord(
  db: Database,
  request: IdempotentRequest,
  seal: Seal,
): Promise<IdempotencyClaim | undefined> {
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
  if (record.answer !== null) {
    return { outcome: 'replay', answer: JSON.parse(seal.open(record.answer)) as StoredAnswer };
  }
  const leftS = record.leftS ?? 0;
  return leftS <= 0 ? undefined : { outcome: 'in-progress', retryAfterS: Math.ceil(leftS) };
}
