/** What identifies a request with an `Idempotency-Key`. */
export interface IdempotentRequest {
  /** API key of the caller: two callers may use the same `Idempotency-Key`. */
  /** Whose key it is: the line of the API key. */
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

export type IdempotencyClaim =
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

/** Where requests with an `Idempotency-Key` and their answers are remembered. */
export interface IdempotencyRecords {
  /** Claims the record for `leaseS` seconds, which must exceed the time limit of the function. */
  claim(request: IdempotentRequest, leaseS: number): Promise<IdempotencyClaim>;
  /** Stores the answer. False when the record has another owner by now: then the other's answer counts. */
  complete(token: string, answer: StoredAnswer): Promise<boolean>;
  /** An answer as it is stored, for who stores it in a transaction of their own. */
  textOf(answer: StoredAnswer): string;
  /** Forgets the record, when nothing was done and the same request may come again. False as above. */
  release(token: string): Promise<boolean>;
}
