import { describe, expect, it } from 'vitest';
import { Failure, TransportError } from '../../errors.ts';
import type { AuditEntry, RememberedAnswer } from '../../world.ts';
import type { Code, Generation } from '../code.ts';
import { randomIds } from '../ids.ts';
import type { GenerationTransaction } from '../ports.ts';
import type { Organization } from '../quota/organization.ts';
import { memoryTransaction } from '../testing/memory-transaction.ts';
import { sampleCode, sampleGeneration } from '../testing/sample-code.ts';
import { unasked } from '../testing/unasked.ts';
import { startMs, startS } from '../testing/world.ts';
import { type Attempt, sentCreate } from './attempt.ts';
import { callFailure } from './call-failure.ts';
import { type MadeGeneration, noteFailure, type SettlePorts, settleMade } from './settle-create.ts';

const token = '7';
const sent = sentCreate({
  ...{ attemptId: 'attempt', codeId: 'code', appId: 'app', organization: 'org-a', operator: 'operator-a' },
  ...{ generation: 2, leaseToken: token, expiresAtS: startS + 86_400, plannedAtS: startS },
});
const successor = sampleGeneration({ number: 2, qrCodeId: 'qr-2', maxFlowNum: 30 });

interface Course {
  /** The code as it was when the create was written down. */
  code?: Partial<Code>;
  /** What has become of it by the time of the answer; left out: nothing. */
  now?: {
    code?: Partial<Code> | null;
    leaseToken?: string;
    attempt?: Attempt | null;
    isLackingQuota?: boolean;
  };
  more?: Partial<MadeGeneration>;
  /** What keeps the first tries from being written down. */
  errors?: Error[];
}

const lacking: Organization = {
  ...{ appId: 'app', organization: 'org-a', quotaState: 'blocked', sinceS: startS },
  ...{ reason: { code: 'QuotaBlocked' }, probeAtS: startS + 60, probeFailures: 1 },
  ...{ failedAtS: startS, provenAtS: null },
};

/** Settles the create of the second generation, within five seconds. */
async function settle({ code: before = {}, now, more = {}, errors = [] }: Course = {}) {
  const code = sampleCode(before);
  const { tx, written } = memoryTransaction({
    ...(now?.code !== null && { code: { ...code, ...now?.code } }),
    ...(now?.attempt !== null && { attempts: [now?.attempt ?? sent] }),
    ...(now?.isLackingQuota && { organization: lacking }),
    leaseToken: now?.leaseToken ?? token,
  });
  const made: Generation[] = [];
  const audits: AuditEntry[] = [];
  const remembered: RememberedAnswer[] = [];
  const whole: GenerationTransaction = {
    ...tx,
    insertGeneration: async (generation) => void made.push(generation),
    audit: async (entry) => void audits.push(entry),
    remember: async (answer) => void remembered.push(answer),
  };
  const clock = { ms: startMs };
  const triesMs: number[] = [];
  const ports: SettlePorts = {
    register: {
      // Where all is as it was, nothing is looked at.
      transaction: now === undefined ? unasked : (work) => work(whole),
      async transactionIf(presumed, work) {
        triesMs.push(clock.ms - startMs);
        const error = errors.shift();
        if (error) throw error;
        expect(presumed).toEqual({ code, lease: { codeId: 'code', token }, attemptId: 'attempt' });
        return now === undefined ? work(whole) : undefined;
      },
    },
    surroundings: {
      ...{ nowMs: () => clock.ms, ids: randomIds(), random: () => 0.5 },
      sleep: async (ms) => {
        clock.ms += ms;
      },
    },
  };
  const settled = await settleMade(
    ports,
    {
      ...{ code, attempt: sent, lease: { codeId: 'code', token }, generation: successor },
      ...{ upstreamRequestId: 'request-1', event: 'code.renewed', actor: 'timer' },
      reasonOf: ({ current }) => ({ code: 'RenewedOnRequest', facts: { number: current?.number ?? 0 } }),
      ...more,
    },
    startMs + 5_000,
  ).catch((error: unknown) => error);
  return {
    settled,
    ...written,
    made,
    audits,
    remembered,
    triesMs,
    events: written.events.map(({ type }) => type),
  };
}

const adopted = { kind: 'adopted', code: { state: 'Active', current: successor } };
const orphaned = { kind: 'orphaned' };
const nobodyAtWork = { leaseToken: '0' };

describe('a generation that upstream has made', () => {
  it('becomes the current one of its code, which is free again, and all of it is written down', async () => {
    const done = await settle();
    expect(done.settled).toMatchObject(adopted);
    expect(done.codes).toMatchObject([
      {
        ...{ current: successor, generationsMade: 2, committed: 130 },
        reason: { code: 'RenewedOnRequest', facts: { number: 1 } },
      },
    ]);
    expect(done.leases).toEqual(['release']);
    expect(done.made).toEqual([successor]);
    expect(done.attempts).toEqual([
      {
        ...{ ...sent, state: 'succeeded', reason: { code: 'Accepted' }, settledAtS: startS },
        ...{ qrCodeId: 'qr-2', upstreamRequestId: 'request-1', possibleOrphan: false },
      },
    ]);
    expect(done.events).toEqual(['code.renewed']);
    expect(done.audits).toEqual([
      { actor: 'timer', action: 'code.renewed', subject: 'code', reason: 'RenewedOnRequest' },
    ]);
    expect(done.remembered).toEqual([]);
  });

  it('is remembered as the answer to its call', async () => {
    const { remembered } = await settle({
      more: { rememberedAs: ({ version }) => ({ token: 't', text: `version ${version}` }) },
    });
    expect(remembered).toEqual([{ token: 't', text: 'version 3' }]);
  });

  it.each<[string, Partial<Generation>, 'expire' | 'cancel', object[], object[]]>([
    ['lives on', {}, 'expire', [{ state: 'superseded' }], []],
    [
      'is cancelled',
      {},
      'cancel',
      [{ state: 'superseded' }],
      [{ qrCodeId: 'qr-1', generation: 1, dueAtS: startS }],
    ],
    ['has expired', { expiresAtS: startS }, 'cancel', [{ state: 'expired' }], []],
    ['was used up', { state: 'exhausted' }, 'cancel', [], []],
  ])('replaces one that %s', async (_, current, Predecessor, saved, ended) => {
    const policy = { ...sampleCode().policy, Predecessor };
    const { generations, cancels } = await settle({ code: { policy, current: sampleGeneration(current) } });
    expect(generations).toMatchObject(saved);
    expect(cancels).toMatchObject(ended);
  });

  it('may be the first', async () => {
    const { settled, generations } = await settle({ code: { current: null, generationsMade: 0 } });
    expect(settled).toMatchObject(adopted);
    expect(generations).toEqual([]);
  });
});

describe('a code that has changed while its create was on its way', () => {
  it('gets its generation, and keeps what has changed', async () => {
    const done = await settle({
      now: { code: { note: 'new', state: 'Paused', reason: { code: 'Paused' } } },
    });
    expect(done.settled).toMatchObject({ kind: 'adopted', code: { state: 'Paused', note: 'new' } });
    expect(done.leases).toEqual(['release']);
  });

  it('gets its generation although its run was given up, if nobody else has made it or is about to', async () => {
    const done = await settle({ now: nobodyAtWork });
    expect(done.settled).toMatchObject(adopted);
    expect(done.leases).toEqual(['revoke']);
  });

  it('proves that its organisation has quota, although a create of the same second had none', async () => {
    const { organizations, events } = await settle({ now: { isLackingQuota: true } });
    expect(organizations).toMatchObject([{ quotaState: 'ok' }]);
    expect(events).toEqual(['code.renewed', 'quota.restored']);
  });

  it.each<[string, Course]>([
    ['another is at work on it', { now: { leaseToken: '8' } }],
    ['another has made that generation', { now: { ...nobodyAtWork, code: { current: successor } } }],
    ['it was cancelled', { now: { ...nobodyAtWork, code: { state: 'Cancelled' } } }],
    ['it has no generation before this one', { now: { ...nobodyAtWork, code: { current: null } } }],
    ['it is there no longer', { now: { code: null } }],
  ])('hands the QR code over to be cancelled where %s', async (_, course) => {
    const done = await settle(course);
    expect(done.settled).toEqual(orphaned);
    expect(done.attempts).toEqual([
      {
        ...{ ...sent, state: 'succeeded', reason: { code: 'Orphaned' }, settledAtS: startS },
        ...{ qrCodeId: 'qr-2', upstreamRequestId: 'request-1', possibleOrphan: true },
        expiresAtS: successor.expiresAtS,
      },
    ]);
    expect(done.cancels).toMatchObject([
      {
        ...{ kind: 'cancel', codeId: 'code', qrCodeId: 'qr-2', generation: null, dueAtS: startS },
        ...{ reason: { code: 'Orphaned' }, expiresAtS: successor.expiresAtS, operator: 'operator-a' },
      },
    ]);
    expect([done.codes, done.made, done.events]).toEqual([[], [], []]);
  });

  it.each<[string, Course['now'], object]>([
    ['as made', { attempt: { ...sent, state: 'succeeded' } }, { kind: 'adopted', code: { codeId: 'code' } }],
    ['as handed over', { attempt: { ...sent, state: 'succeeded', possibleOrphan: true } }, orphaned],
    ['as made, of a code that is gone', { attempt: { ...sent, state: 'succeeded' }, code: null }, orphaned],
  ])('is not written twice: an earlier try has noted it %s', async (_, now, settled) => {
    const done = await settle({ ...(now && { now }) });
    expect(done.settled).toMatchObject(settled);
    expect([done.codes, done.attempts, done.cancels]).toEqual([[], [], []]);
  });
});

describe('an answer that cannot be written down', () => {
  const away = () => new Failure('DatabaseUnavailable');

  it('is tried again while the database is away, with pauses that grow to 700 ms', async () => {
    const done = await settle({ errors: Array.from({ length: 6 }, away) });
    expect(done.settled).toMatchObject(adopted);
    expect(done.triesMs).toEqual([0, 100, 300, 700, 1_400, 2_100, 2_800]);
  });

  it('is given up when there is no time for another try, and names what was made', async () => {
    const { settled, triesMs } = await settle({ errors: Array.from({ length: 20 }, away) });
    expect(triesMs).toEqual([0, 100, 300, 700, 1_400, 2_100, 2_800, 3_500, 4_200, 4_900]);
    expect(settled).toMatchObject({
      ...{ code: 'DatabaseUnavailable', members: { QrCodeId: 'qr-2' }, upstreamRequestId: 'request-1' },
      detail: {
        en: 'QR code qr-2 of code code was made and could not be written down',
        zh: '签署码 code 的 qr-2 已生成，但未能登记',
      },
      cause: { code: 'DatabaseUnavailable' },
    });
  });

  it.each([
    ['for another reason', new Failure('Misconfigured'), 'Misconfigured'],
    ['by a mistake of ours', new TypeError('undefined is not a function'), 'InternalFailure'],
  ])('%s is not tried again', async (_, error, code) => {
    const { settled, triesMs } = await settle({ errors: [error] });
    expect(settled).toMatchObject({ code, cause: error, members: { QrCodeId: 'qr-2' } });
    expect(triesMs).toEqual([0]);
  });

  it('since the journal lacks its call names what was made', async () => {
    const { settled, cancels } = await settle({ now: { attempt: null } });
    expect(settled).toMatchObject({ code: 'InternalFailure', members: { QrCodeId: 'qr-2' } });
    expect(cancels).toEqual([]);
  });
});

describe('a create that brought no generation', () => {
  const note = async (made: object) => {
    const { tx, written } = memoryTransaction({});
    const error = new TransportError('UnknownOutcome', 'after-send', { members: { ...made } });
    const surroundings = { nowMs: () => startMs, ids: randomIds(), random: () => 0.5 };
    await noteFailure(tx, sent, callFailure(error, true), surroundings);
    return written;
  };
  const unknown = { state: 'unknown', reason: { code: 'Unanswered' }, possibleOrphan: true };

  it('is in the journal with the reason', async () => {
    const { attempts, cancels } = await note({});
    expect(attempts).toMatchObject([{ ...unknown, qrCodeId: null }]);
    expect(cancels).toEqual([]);
  });

  it('and names what was made has that ended', async () => {
    const { attempts, cancels } = await note({ QrCodeId: 'qr-9' });
    expect(attempts).toMatchObject([{ ...unknown, qrCodeId: 'qr-9' }]);
    expect(cancels).toMatchObject([
      {
        ...{ kind: 'cancel', codeId: 'code', qrCodeId: 'qr-9', generation: null, dueAtS: startS },
        ...{ reason: { code: 'Orphaned' }, expiresAtS: sent.expiresAtS },
      },
    ]);
  });
});
