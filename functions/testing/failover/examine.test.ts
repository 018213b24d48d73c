/** Each rule by which a failover is judged: it passes what is right, and finds what it is there to find. */
import { describe, expect, it } from 'vitest';
import { cutOff, type Tried } from '../tried-create.ts';
import { type Evidence, examineAsynchronous, examineSynchronous } from './examine.ts';

const beganMs = 10_000;
const killedMs = 11_000;
const name = 'gate-1';
const create = (changes: Partial<Tried> = {}): Tried => ({
  name,
  beganMs,
  endedMs: 10_900,
  status: 200,
  codeId: 'c1',
  qrCodeId: 'q1',
  ...changes,
});

/** One code with its successor, of which everything is as it should be. */
function right(tried: Tried[] = [create()]): Evidence {
  const generation = { codeId: 'c1', used: 4, state: 'live' };
  return {
    books: {
      codes: [{ codeId: 'c1', flowName: name, state: 'Active' }],
      generations: [
        { ...generation, number: 1, qrCodeId: 'q1' },
        { ...generation, number: 2, qrCodeId: 'q2', used: 1 },
      ],
      creates: [],
      events: [
        { eventId: 'e1', type: 'code.created', codeId: 'c1', data: { Generation: 1 } },
        { eventId: 'e2', type: 'code.renewed', codeId: 'c1', data: { Generation: 2 } },
      ],
      notifications: ['m1'],
      told: ['e1', 'e2', 'e2'],
      upstream: [
        { qrCodeId: 'q1', flowName: name, used: 4, isLive: true, isUsedUp: false },
        { qrCodeId: 'q2', flowName: name, used: 1, isLive: true, isUsedUp: false },
      ],
    },
    rounds: [
      {
        how: 'connections end',
        killAfterMs: 0,
        promoteAfterMs: 0,
        behindMs: 0,
        killedMs,
        backMs: 12_000,
        firstAnswerMs: 1,
        usualMs: 1,
        tried,
        underWay: tried,
      },
    ],
    acknowledged: new Set(['m1']),
    lines: [],
  };
}

const unknown = create({ status: 504, code: 'UnknownOutcome' });
const named = '{"message":"a QR code was made","qrCodeId":"q1"}';

/** The register has not written down what upstream has made. */
function unwritten(changes: Partial<Tried> = {}): Evidence {
  const evidence = right([{ ...unknown, beganMs: 2_000, ...changes }]);
  const { books } = evidence;
  Object.assign(books, { generations: [], events: [], told: [] });
  books.codes = [{ codeId: 'c1', flowName: name, state: 'OutcomeUnknown' }];
  books.creates = [{ codeId: 'c1', state: 'unknown', possibleOrphan: true, qrCodeId: null }];
  books.upstream = books.upstream.slice(0, 1);
  return { ...evidence, lines: [named] };
}

function spoiled(spoil: (evidence: Evidence) => void, evidence = right()): Evidence {
  spoil(evidence);
  return evidence;
}

describe('where the standby is synchronous', () => {
  it('nothing is found when all is right', () => {
    expect(examineSynchronous(right())).toEqual([]);
  });

  it('an outcome that stays unknown is right where time was over, it is settled, and both caller and log have the id', () => {
    expect(examineSynchronous(unwritten())).toEqual([]);
  });

  it('what was made without being wanted is right where the journal has its id, whether it lives or is cancelled by now', () => {
    const evidence = unwritten();
    evidence.books.creates = [{ codeId: 'c1', state: 'unknown', possibleOrphan: false, qrCodeId: 'q1' }];
    expect(examineSynchronous(evidence)).toEqual([]);
    evidence.books.creates = [{ codeId: 'c1', state: 'unknown', possibleOrphan: false, qrCodeId: null }];
    expect(examineSynchronous(evidence)).toEqual([
      expect.stringMatching(/was made 1 times: 0 known, 0/),
      expect.stringMatching(/ended as unknown/),
    ]);
  });

  it('nobody is told of what a function has made that the platform has ended, and the journal has it', () => {
    const { qrCodeId: _, codeId: __, ...silent } = create({ status: 433, code: cutOff });
    const evidence = unwritten();
    const [round] = evidence.rounds;
    Object.assign(round ?? {}, { tried: [silent], underWay: [silent] });
    expect(examineSynchronous({ ...evidence, lines: [] })).toEqual([]);
    evidence.books.creates = [];
    expect(examineSynchronous(evidence)).toEqual([expect.stringMatching(/was made 1 times: 0 known, 0/)]);
  });

  it.each<[string, RegExp, Evidence]>([
    ['an answer against the contract', /against/, right([create({ trouble: 'against its contract' })])],
    ['a create that is lost', /create of gate-1 .* lost/, spoiled(({ books }) => books.generations.shift())],
    ['a create that has another code', /create of gate-1 .* lost/, right([create({ qrCodeId: 'q9' })])],
    [
      'a notification that is stored again',
      /m1 .* more than once/,
      spoiled(({ books }) => void books.notifications.push('m1')),
    ],
    ['a notification that is lost', /m1 .* lost/, spoiled(({ books }) => void books.notifications.pop())],
    ['an event that is lost', /e1 was told and is lost/, spoiled(({ books }) => books.events.shift())],
    ['an event that nobody got', /e1 has not reached/, spoiled(({ books }) => books.told.shift())],
    [
      'what is made after a refusal',
      /refused and lives/,
      right([create({ status: 503, code: 'RateLimited' })]),
    ],
    [
      'two codes for one name',
      /is 2 codes/,
      spoiled(({ books }) => books.codes.push({ codeId: 'c2', flowName: name, state: 'Active' })),
    ],
    [
      'a successor that was made twice',
      /was made 3 times/,
      spoiled(({ books }) =>
        books.upstream.push({ qrCodeId: 'q3', flowName: name, used: 0, isLive: false, isUsedUp: false }),
      ),
    ],
    [
      'a use that is counted twice',
      /used 4 times and counted 5/,
      spoiled(({ books }) => Object.assign(books.generations[0] ?? {}, { used: 5 })),
    ],
    [
      'a use that is not counted',
      /used 4 times and counted 3/,
      spoiled(({ books }) => Object.assign(books.generations[0] ?? {}, { used: 3 })),
    ],
    [
      'a renewal that is told twice',
      /code.renewed c1 2 is told 2 times/,
      spoiled(({ books }) => {
        books.events.push({ eventId: 'e3', type: 'code.renewed', codeId: 'c1', data: { Generation: 2 } });
        books.told.push('e3');
      }),
    ],
    ['an unknown outcome although the database was back in time', /back in time/, unwritten({ beganMs })],
    [
      'an unknown outcome that nobody settles',
      /ended as unknown, and c1 is Creating/,
      spoiled(({ books }) => Object.assign(books.codes[0] ?? {}, { state: 'Creating' }), unwritten()),
    ],
    ['an orphan of which no caller was told', /nobody was told/, unwritten({ qrCodeId: 'q7' })],
    ['an orphan that no log names', /nobody was told/, { ...unwritten(), lines: ['q1'] }],
  ])('finds %s', (_, sentence, evidence) => {
    expect(examineSynchronous(evidence)).toEqual(expect.arrayContaining([expect.stringMatching(sentence)]));
  });
});

describe('where the standby is not synchronous', () => {
  const lost = (changes: Partial<Tried> = {}) =>
    spoiled(
      ({ books }) => Object.assign(books, { codes: [], generations: [], events: [], told: [], creates: [] }),
      { ...right([create(changes)]), lines: [named, named.replace('q1', 'q2')] },
    );

  it('what was acknowledged just before the death may be lost', () => {
    expect(examineAsynchronous(lost(), 500)).toEqual([]);
  });

  it.each<[string, RegExp, Evidence]>([
    ['a loss from long before', /no server died soon/, lost({ endedMs: killedMs - 501 })],
    ['an orphan that no log names', /q2 lives upstream, and no log/, { ...lost(), lines: [named] }],
    [
      'a use that is counted twice',
      /counted 5 times/,
      spoiled(({ books }) => Object.assign(books.generations[0] ?? {}, { used: 5 })),
    ],
  ])('finds %s', (_, sentence, evidence) => {
    expect(examineAsynchronous(evidence, 500)).toEqual(
      expect.arrayContaining([expect.stringMatching(sentence)]),
    );
  });
});
