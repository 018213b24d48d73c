/** Each rule by which the books are judged after a soak: it passes what is right, and finds what it is there to find. */
import { describe, expect, it } from 'vitest';
import type { Tried } from '../tried-create.ts';
import { examineSoak, type SoakEvidence } from './examine-soak.ts';

const dayMs = 86_400_000;

const create = (changes: Partial<Tried> = {}): Tried => ({
  name: 'gate-1',
  beganMs: 0,
  endedMs: 1,
  status: 200,
  codeId: 'c1',
  qrCodeId: 'q1',
  ...changes,
});

/** A code with its successor, one that is cancelled, a batch, and contracts in three states. */
function right(): SoakEvidence {
  const outcomes = () => [
    { qrCodeId: 'q1', used: 3, contracts: { ALL: 1, REJECT: 1, INIT: 1 } },
    { qrCodeId: 'q2', used: 0, contracts: {} },
    { qrCodeId: 'q3', used: 0, contracts: {} },
  ];
  const event = (eventId: string, type: string, data = {}) => ({ eventId, type, codeId: 'c1', data });
  const events = [
    event('e1', 'code.created', { Generation: 1 }),
    event('e2', 'code.renewed', { Generation: 2 }),
    ...['e3', 'e4', 'e5'].map((id) => event(id, 'contract.started')),
    event('e6', 'contract.completed'),
    event('e7', 'contract.ended'),
  ];
  return {
    books: {
      codes: [
        { codeId: 'c1', flowName: 'gate-1', state: 'Active' },
        { codeId: 'c2', flowName: 'gate-2', state: 'Cancelled' },
      ],
      generations: [
        { codeId: 'c1', number: 1, qrCodeId: 'q1', used: 3, state: 'superseded' },
        { codeId: 'c1', number: 2, qrCodeId: 'q2', used: 0, state: 'live' },
        { codeId: 'c2', number: 1, qrCodeId: 'q3', used: 0, state: 'cancelled' },
      ],
      creates: [],
      events,
      notifications: ['m1'],
      told: events.map(({ eventId }) => eventId),
      upstream: [
        { qrCodeId: 'q1', flowName: 'gate-1', used: 3, isLive: true, isUsedUp: false },
        { qrCodeId: 'q2', flowName: 'gate-1', used: 0, isLive: true, isUsedUp: false },
        { qrCodeId: 'q3', flowName: 'gate-2', used: 0, isLive: false, isUsedUp: false },
      ],
    },
    tried: [create(), create({ name: 'gate-2', codeId: 'c2', qrCodeId: 'q3' })],
    troubles: [],
    names: ['gate-1', 'gate-2'],
    cancelled: new Set(['c2']),
    batches: {
      acknowledged: [
        { id: 'b0', atMs: 0 },
        { id: 'b1', atMs: 2 * dayMs },
      ],
      had: ['b0', 'b1', 'b2'],
      kept: ['b1', 'b2'],
    },
    nowMs: 91 * dayMs,
    acknowledged: new Set(['m1']),
    registered: outcomes(),
    seen: outcomes(),
    strays: [],
    deadLetters: 0,
  };
}

/** Another QR code of the second code, which may or may not be in its journal. */
function withOrphan(possibleOrphan: boolean): SoakEvidence {
  const evidence = right();
  evidence.books.upstream.push({
    qrCodeId: 'q9',
    flowName: 'gate-2',
    used: 0,
    isLive: true,
    isUsedUp: false,
  });
  evidence.books.creates.push({ codeId: 'c2', state: 'unknown', possibleOrphan, qrCodeId: null });
  return evidence;
}

function spoiled(spoil: (evidence: SoakEvidence) => void): SoakEvidence {
  const evidence = right();
  spoil(evidence);
  return evidence;
}

describe('after a soak', () => {
  it('nothing is found when all is right', () => {
    expect(examineSoak(right())).toEqual([]);
  });

  it('what may live upstream is right where the journal of its code says so', () => {
    expect(examineSoak(withOrphan(true))).toEqual([]);
  });

  it('what is used up upstream counts as cancelled: its cancel is refused', () => {
    const evidence = spoiled(({ books: { codes, generations, upstream } }) => {
      Object.assign(codes[0] ?? {}, { state: 'Cancelled' });
      for (const one of generations) Object.assign(one, { state: 'cancelled' });
      for (const one of upstream) Object.assign(one, { isLive: true, isUsedUp: true });
    });
    expect(examineSoak(evidence)).toEqual([]);
  });

  it.each<[string, RegExp, SoakEvidence]>([
    ['an answer against the contract', /wrong/, { ...right(), tried: [create({ trouble: 'wrong' })] }],
    ['an answer to anything else against its contract', /odd/, { ...right(), troubles: ['odd'] }],
    ['a create that is lost', /create of gate-1 .* lost/, { ...right(), tried: [create({ codeId: 'c7' })] }],
    [
      'what is made after a refusal',
      /refused and lives/,
      { ...right(), tried: [create({ status: 503, code: 'RateLimited' })] },
    ],
    [
      'a successor that was made twice',
      /was made 3 times/,
      spoiled(({ books }) =>
        books.upstream.push({ qrCodeId: 'q7', flowName: 'gate-1', used: 0, isLive: false, isUsedUp: false }),
      ),
    ],
    [
      'an unknown outcome that nobody settles',
      /ended as unknown, and c7 is not there/,
      { ...right(), tried: [create({ status: 504, code: 'UnknownOutcome', codeId: 'c7' })] },
    ],
    [
      'a notification that is stored again',
      /m1 .* more than once/,
      spoiled(({ books }) => void books.notifications.push('m1')),
    ],
    ['a notification that is lost', /m1 .* lost/, spoiled(({ books }) => void books.notifications.pop())],
    ['an event that is lost', /e1 was told and is lost/, spoiled(({ books }) => books.events.shift())],
    ['an event that nobody got', /e1 has not reached/, spoiled(({ books }) => books.told.shift())],
    [
      'a renewal that is told twice',
      /code.renewed c1 2 is told 2 times/,
      spoiled(({ books }) => {
        books.events.push({ eventId: 'e9', type: 'code.renewed', codeId: 'c1', data: { Generation: 2 } });
        books.told.push('e9');
      }),
    ],
    [
      'a batch that is lost',
      /batch b3 .* lost/,
      { ...right(), batches: { acknowledged: [{ id: 'b3', atMs: 2 * dayMs }], had: ['b1'], kept: ['b1'] } },
    ],
    [
      'a batch that went before its time was over',
      /batch b1 .* lost/,
      { ...right(), batches: { acknowledged: [{ id: 'b1', atMs: 2 * dayMs }], had: ['b1'], kept: [] } },
    ],
    [
      'a batch that is past its time and was never there',
      /batch b0 .* lost/,
      { ...right(), batches: { acknowledged: [{ id: 'b0', atMs: 0 }], had: ['b1'], kept: ['b1'] } },
    ],
    [
      'a use that is counted twice',
      /used 3 times and counted 4/,
      spoiled(({ books }) => Object.assign(books.generations[0] ?? {}, { used: 4 })),
    ],
    [
      'a use that is not counted',
      /used 3 times and counted 2/,
      spoiled(({ books }) => Object.assign(books.generations[0] ?? {}, { used: 2 })),
    ],
    [
      'a generation that upstream never made',
      /q2 is in the register, and upstream never made it/,
      spoiled(({ books }) => books.upstream.splice(1, 1)),
    ],
    [
      'a generation that is dead and said to live',
      /q2 is live, and dead upstream/,
      spoiled(({ books }) => Object.assign(books.upstream[1] ?? {}, { isLive: false, isUsedUp: false })),
    ],
    [
      'a generation that lives and is said to be over',
      /q2 is expired, and lives upstream/,
      spoiled(({ books }) => Object.assign(books.generations[1] ?? {}, { state: 'expired' })),
    ],
    [
      'a code that was cancelled and is not',
      /cancel of c1 was acknowledged, and it is Active/,
      { ...right(), cancelled: new Set(['c1']) },
    ],
    [
      'a QR code that outlives its code',
      /c2 is cancelled, and its q3 lives/,
      spoiled(({ books }) => Object.assign(books.upstream[2] ?? {}, { isLive: true, isUsedUp: false })),
    ],
    ['an orphan of which no journal knows', /q9 of gate-2 .* no journal says so/, withOrphan(false)],
    [
      'a contract in another state',
      /contracts of q1: the register has ALL 1, PART 1, REJECT 1, upstream ALL 1, INIT 1, REJECT 1/,
      spoiled(({ registered }) =>
        Object.assign(registered[0] ?? {}, { contracts: { ALL: 1, REJECT: 1, PART: 1 } }),
      ),
    ],
    ['a QR code that people have scanned and nobody knows', /q8 was scanned/, { ...right(), strays: ['q8'] }],
    [
      'a contract that is told twice',
      /contract.completed is told 2 times, and was the case 1 times/,
      spoiled(({ books }) => {
        books.events.push({ eventId: 'e9', type: 'contract.completed', codeId: 'c1', data: {} });
        books.told.push('e9');
      }),
    ],
    ['an event that was given up', /1 events were given up/, { ...right(), deadLetters: 1 }],
  ])('finds %s', (_, sentence, evidence) => {
    expect(examineSoak(evidence)).toEqual(expect.arrayContaining([expect.stringMatching(sentence)]));
  });
});
