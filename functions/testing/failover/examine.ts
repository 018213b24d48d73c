/** Finds what must not be, whatever dies when: each rule by itself, from the books and from what callers were told. */

import { cutOff, type Tried } from '../tried-create.ts';
import type { Books } from './books.ts';
import type { Round } from './round.ts';

/** Work on an event ends so long before its function's time limit. */
const lifeOfEventMs = 9_300;
/** What writing down takes, once there is a database. */
const writingMs = 1_500;

export interface Evidence {
  books: Books;
  rounds: readonly Round[];
  /** Ids of the notifications that were answered 200. */
  acknowledged: ReadonlySet<string>;
  /** What the functions have logged. */
  lines: readonly string[];
}

/** Things that were acknowledged and are not there. */
export interface Lost {
  creates: Tried[];
  notifications: string[];
  /** Events that a receiver has and the register has not. */
  events: string[];
}

export function findLost(books: Books, tried: readonly Tried[], acknowledged: ReadonlySet<string>): Lost {
  const first = new Map(
    books.generations.filter(({ number }) => number === 1).map((one) => [one.codeId, one]),
  );
  const known = new Set(books.events.map(({ eventId }) => eventId));
  const stored = new Set(books.notifications);
  return {
    creates: tried.filter(
      ({ status, codeId = '', qrCodeId }) => status === 200 && first.get(codeId)?.qrCodeId !== qrCodeId,
    ),
    notifications: [...acknowledged].filter((msgId) => !stored.has(msgId)),
    events: [...new Set(books.told)].filter((eventId) => !known.has(eventId)),
  };
}

/** Live upstream, and no generation of the register. */
export function findOrphans({ upstream, generations }: Books): Books['upstream'] {
  const known = new Set(generations.map(({ qrCodeId }) => qrCodeId));
  return upstream.filter(({ qrCodeId, isLive }) => isLive && !known.has(qrCodeId));
}

/** The ids that callers were told of codes whose creation could not be written down. */
const toldIds = (tried: readonly Tried[]) =>
  new Set(tried.flatMap(({ status, qrCodeId }) => (status !== 200 && qrCodeId ? [qrCodeId] : [])));

/** Breaches of what holds however the servers are replicated, as sentences. */
function examineAlways(books: Books, tried: readonly Tried[]): string[] {
  return [
    ...troubledAnswers(tried),
    ...madeAfterRefusal(books, tried),
    ...countedWrong(books, (counted, used) => counted > used),
    ...toldTwice(books),
    ...storedTwice(books),
    ...untold(books),
  ];
}

/** A log line of this form names each QR code that was made. */
const isNamed = (lines: readonly string[], qrCodeId: string) =>
  lines.some((line) => line.includes('a QR code was made') && line.includes(qrCodeId));

/** Breaches where every acknowledged commit is on both servers: nothing is lost, and all is settled. */
export function examineSynchronous(evidence: Evidence): string[] {
  const { books, rounds, acknowledged, lines } = evidence;
  const tried = rounds.flatMap((round) => round.tried);
  const lost = findLost(books, tried, acknowledged);
  const told = toldIds(tried);
  const unanswered = new Set(tried.filter(({ code }) => code === cutOff).map(({ name }) => name));
  return [
    ...examineAlways(books, tried),
    ...madeTwice(
      books,
      tried.map(({ name }) => name),
    ),
    ...countedWrong(books, (counted, used) => counted < used),
    ...lost.creates.map(({ name }) => `the create of ${name} was acknowledged and is lost`),
    ...lost.notifications.map((msgId) => `the notification ${msgId} was acknowledged and is lost`),
    ...lost.events.map((eventId) => `the event ${eventId} was told and is lost`),
    ...unsettled(books, tried),
    ...unknownInTime(rounds),
    ...findOrphans(books)
      // Who is cut off can tell nobody: the journal has the attempt.
      .filter(({ flowName }) => !unanswered.has(flowName))
      .filter(({ qrCodeId }) => !told.has(qrCodeId) || !isNamed(lines, qrCodeId))
      .map(({ qrCodeId, flowName }) => `${qrCodeId} of ${flowName} lives upstream, and nobody was told`),
  ];
}

/**
 * Breaches where a commit is acknowledged before the standby has it: only the last moments before a death may be lost,
 * and whatever lives upstream without the register's knowing is named in the log.
 *
 * @param lastMs how long those moments may be
 */
export function examineAsynchronous({ books, rounds, lines }: Evidence, lastMs: number): string[] {
  const tried = rounds.flatMap((round) => round.tried);
  const { creates } = findLost(books, tried, new Set());
  const deaths = rounds.map(({ killedMs }) => killedMs);
  return [
    ...examineAlways(books, tried),
    ...creates
      .filter(
        ({ endedMs = 0 }) =>
          !deaths.some((deathMs) => endedMs >= deathMs - lastMs && endedMs <= deathMs + lastMs),
      )
      .map(({ name }) => `the create of ${name} was lost, though no server died soon after it`),
    ...findOrphans(books)
      .filter(({ qrCodeId }) => !isNamed(lines, qrCodeId))
      .map(({ qrCodeId }) => `${qrCodeId} lives upstream, and no log names it`),
  ];
}

export function troubledAnswers(tried: readonly Tried[]): string[] {
  return tried.flatMap(({ name, trouble }) => (trouble ? [`${name}: ${trouble}`] : []));
}

export function madeAfterRefusal({ upstream }: Books, tried: readonly Tried[]): string[] {
  const open = new Set(
    tried
      .filter(({ status, code }) => status === 200 || code === 'UnknownOutcome' || code === cutOff)
      .map(({ name }) => name),
  );
  const made = new Set(upstream.map(({ flowName }) => flowName));
  const refused = new Set(tried.map(({ name }) => name).filter((name) => !open.has(name) && made.has(name)));
  return [...refused].map((name) => `${name} was refused and lives upstream`);
}

/**
 * A key makes one code, a generation has one successor, and what upstream made besides is in the journal: by its id, or
 * as possible.
 */
export function madeTwice(
  { codes, generations, creates, upstream }: Books,
  names: Iterable<string>,
): string[] {
  const ids = new Set([...generations, ...creates].map(({ qrCodeId }) => qrCodeId));
  return [...new Set(names)].flatMap((name) => {
    const own = codes.filter(({ flowName }) => flowName === name);
    const codeIds = new Set(own.map(({ codeId }) => codeId));
    const possible = creates.filter(
      ({ codeId, qrCodeId, possibleOrphan }) =>
        possibleOrphan && qrCodeId === null && codeIds.has(codeId ?? ''),
    ).length;
    const made = upstream.filter(({ flowName }) => flowName === name);
    const known = made.filter(({ qrCodeId }) => ids.has(qrCodeId)).length;
    return [
      ...(own.length > 1 ? [`${name} is ${own.length} codes`] : []),
      ...(made.length > known + possible
        ? [`${name} was made ${made.length} times: ${known} known, ${possible} possible`]
        : []),
    ];
  });
}

export function countedWrong(
  { generations, upstream }: Books,
  isWrong: (counted: number, used: number) => boolean,
): string[] {
  const used = new Map(upstream.map((code) => [code.qrCodeId, code.used]));
  return generations
    .filter((one) => isWrong(one.used, used.get(one.qrCodeId) ?? 0))
    .map((one) => `${one.qrCodeId} was used ${used.get(one.qrCodeId)} times and counted ${one.used} times`);
}

/** A code is made once, and a generation renewed once. */
export function toldTwice({ events }: Books): string[] {
  const once = ['code.created', 'code.renewed'];
  const seen = new Map<string, number>();
  for (const { type, codeId, data } of events) {
    if (!once.includes(type)) continue;
    const about = `${type} ${codeId} ${String(data['Generation'] ?? data['QrCodeId'] ?? '')}`;
    seen.set(about, (seen.get(about) ?? 0) + 1);
  }
  return [...seen]
    .filter(([, times]) => times > 1)
    .map(([about, times]) => `${about} is told ${times} times`);
}

/** A message that comes again is a copy. */
export function storedTwice({ notifications }: Books): string[] {
  const seen = new Set<string>();
  const twice = new Set<string>();
  for (const msgId of notifications) (seen.has(msgId) ? twice : seen).add(msgId);
  return [...twice].map((msgId) => `the notification ${msgId} is stored more than once`);
}

export function untold({ events, told }: Books): string[] {
  const came = new Set(told);
  return events
    .filter(({ eventId }) => !came.has(eventId))
    .map(({ eventId, type }) => `${type} ${eventId} has not reached its receiver`);
}

/** Who was told "unknown" finds the code, settled: as unknown, or with the generation that came late. */
export function unsettled({ codes, generations, creates }: Books, tried: readonly Tried[]): string[] {
  const of = new Map(codes.map((code) => [code.codeId, code]));
  const have = new Set(generations.map(({ codeId }) => codeId));
  const settled = (codeId: string) => {
    const state = of.get(codeId)?.state;
    const noted = creates.some(
      (one) =>
        one.codeId === codeId && one.state === 'unknown' && (one.possibleOrphan || one.qrCodeId !== null),
    );
    return have.has(codeId) || (state === 'OutcomeUnknown' && noted);
  };
  return tried
    .filter(({ code, codeId }) => code === 'UnknownOutcome' && codeId !== undefined && !settled(codeId))
    .map(
      ({ name, codeId = '' }) =>
        `${name} ended as unknown, and ${codeId} is ${of.get(codeId)?.state ?? 'not there'}`,
    );
}

/** Where the database is back before the time of a create is over, its answer is written down. */
function unknownInTime(rounds: readonly Round[]): string[] {
  return rounds.flatMap(({ underWay, backMs, how }) =>
    underWay
      .filter(({ code, qrCodeId, beganMs }) => {
        const leftMs = beganMs + lifeOfEventMs - backMs;
        return code === 'UnknownOutcome' && qrCodeId !== undefined && leftMs > writingMs;
      })
      .map(
        ({ name }) => `${name} was made and not written down, though the database was back in time (${how})`,
      ),
  );
}
