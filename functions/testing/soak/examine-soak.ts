/** Finds what must not be after a soak: each rule by itself, from the books, the samples and what people were told. */
import { defaultRetention } from '../../../shared/store/upkeep/retention.ts';
import type { CodeOutcome } from '../crowd/outcomes.ts';
import type { Books } from '../failover/books.ts';
import {
  countedWrong,
  findLost,
  findOrphans,
  madeAfterRefusal,
  madeTwice,
  storedTwice,
  toldTwice,
  troubledAnswers,
  unsettled,
  untold,
} from '../failover/examine.ts';
import type { Tried } from '../tried-create.ts';

export interface AcknowledgedBatch {
  id: string;
  /** When it was asked for. Epoch milliseconds. */
  atMs: number;
}

export interface SoakEvidence {
  /** With all events that were told, those that are forgotten by now too. */
  books: Books;
  tried: readonly Tried[];
  /** What was wrong with answers to anything but creates. */
  troubles: readonly string[];
  /** What every code is called that may have been made. */
  names: Iterable<string>;
  /** Codes whose cancel was acknowledged. */
  cancelled: ReadonlySet<string>;
  /** Batches that were acknowledged, and the ids of those that the register has had at any time, and has now. */
  batches: { acknowledged: readonly AcknowledgedBatch[]; had: readonly string[]; kept: readonly string[] };
  /** The end of the soak. Epoch milliseconds. */
  nowMs: number;
  /** Ids of the notifications that were answered 200. */
  acknowledged: ReadonlySet<string>;
  /** Uses and contracts of each QR code of the register, as it has them and as the emulator has them. */
  registered: readonly CodeOutcome[];
  seen: readonly CodeOutcome[];
  /** QR codes that people have scanned and the register does not know. */
  strays: readonly string[];
  /** Deliveries that were given up, to a receiver that takes everything. */
  deadLetters: number;
}

/** Breaches of what holds whatever is frozen, killed and cut off, as sentences. */
export function examineSoak(evidence: SoakEvidence): string[] {
  const { books, tried, acknowledged, names } = evidence;
  const lost = findLost(books, tried, acknowledged);
  return [
    ...evidence.troubles,
    ...troubledAnswers(tried),
    ...madeAfterRefusal(books, tried),
    ...madeTwice(books, names),
    ...countedWrong(books, (counted, used) => counted !== used),
    ...toldTwice(books),
    ...storedTwice(books),
    ...untold(books),
    ...unsettled(books, tried),
    ...lost.creates.map(({ name }) => `the create of ${name} was acknowledged and is lost`),
    ...lost.notifications.map((msgId) => `the notification ${msgId} was acknowledged and is lost`),
    ...lost.events.map((eventId) => `the event ${eventId} was told and is lost`),
    ...lostBatches(evidence),
    ...livesOtherwise(books),
    ...cancelledInVain(books, evidence.cancelled),
    ...unjournaled(books),
    ...contractsOtherwise(evidence.registered, evidence.seen),
    ...evidence.strays.map((qrCodeId) => `${qrCodeId} was scanned, and the register does not know it`),
    ...contractsToldOtherwise(books, evidence.seen),
    ...(evidence.deadLetters > 0
      ? [`${evidence.deadLetters} events were given up, though their receiver takes everything`]
      : []),
  ];
}

/** One that is past its time may be gone, if it has been there. */
function lostBatches({ batches: { acknowledged, had, kept }, nowMs }: SoakEvidence): string[] {
  const [once, now] = [new Set(had), new Set(kept)];
  const isOver = ({ atMs }: AcknowledgedBatch) => nowMs - atMs > defaultRetention.batchesS * 1000;
  return acknowledged
    .filter((batch) => !(isOver(batch) ? once : now).has(batch.id))
    .map(({ id }) => `the batch ${id} was acknowledged and is lost`);
}

/** States of a generation in which people may scan it, and those in which nobody can. */
const alive = ['live', 'superseded'];
const over = ['expired', 'cancelled'];

const canBeScanned = ({ isLive, isUsedUp }: Books['upstream'][number]) => isLive && !isUsedUp;

/** The register says that a generation lives exactly where it does upstream. */
function livesOtherwise({ generations, upstream }: Books): string[] {
  const real = new Map(upstream.map((code) => [code.qrCodeId, code]));
  return generations.flatMap(({ qrCodeId, state }) => {
    const code = real.get(qrCodeId);
    if (code === undefined) return [`${qrCodeId} is in the register, and upstream never made it`];
    if (alive.includes(state) && !code.isLive) return [`${qrCodeId} is ${state}, and dead upstream`];
    if (over.includes(state) && canBeScanned(code)) return [`${qrCodeId} is ${state}, and lives upstream`];
    return [];
  });
}

function cancelledInVain({ codes, generations, upstream }: Books, cancelled: ReadonlySet<string>): string[] {
  const state = new Map(codes.map((code) => [code.codeId, code.state]));
  const live = new Set(upstream.filter(canBeScanned).map(({ qrCodeId }) => qrCodeId));
  return [
    ...[...cancelled]
      .filter((codeId) => state.get(codeId) !== 'Cancelled')
      .map((codeId) => `the cancel of ${codeId} was acknowledged, and it is ${state.get(codeId)}`),
    ...generations
      .filter(({ codeId, qrCodeId }) => state.get(codeId) === 'Cancelled' && live.has(qrCodeId))
      .map(({ codeId, qrCodeId }) => `${codeId} is cancelled, and its ${qrCodeId} lives upstream`),
  ];
}

/** What lives upstream without the register's knowing may do so: the journal of its code says that it is possible. */
function unjournaled(books: Books): string[] {
  const name = new Map(books.codes.map(({ codeId, flowName }) => [codeId, flowName]));
  const possible = new Set(
    books.creates
      .filter(({ possibleOrphan }) => possibleOrphan)
      .map(({ codeId }) => (codeId === null ? undefined : name.get(codeId))),
  );
  return findOrphans(books)
    .filter(({ flowName }) => !possible.has(flowName))
    .map(({ qrCodeId, flowName }) => `${qrCodeId} of ${flowName} lives upstream, and no journal says so`);
}

function contractsOtherwise(registered: readonly CodeOutcome[], seen: readonly CodeOutcome[]): string[] {
  const known = new Map(seen.map((one) => [one.qrCodeId, one]));
  return registered.flatMap((one) => {
    const said = shown(one);
    const real = shown(known.get(one.qrCodeId));
    return said === real ? [] : [`contracts of ${one.qrCodeId}: the register has ${said}, upstream ${real}`];
  });
}

const shown = (one: CodeOutcome | undefined) =>
  Object.entries(one?.contracts ?? {})
    .map(([state, count]) => `${state} ${count}`)
    .sort()
    .join(', ') || 'none';

/** Each contract is told once, and its end. */
function contractsToldOtherwise({ events }: Books, seen: readonly CodeOutcome[]): string[] {
  const told = (type: string) => events.filter((event) => event.type === type).length;
  const counted = (isMeant: (state: string) => boolean) =>
    seen
      .flatMap(({ contracts }) => Object.entries(contracts))
      .reduce((sum, [state, count]) => sum + (isMeant(state) ? count : 0), 0);
  const due = {
    'contract.started': counted(() => true),
    'contract.completed': counted((state) => state === 'ALL'),
    'contract.ended': counted((state) => !['INIT', 'PART', 'ALL'].includes(state)),
  };
  return Object.entries(due)
    .filter(([type, count]) => told(type) !== count)
    .map(([type, count]) => `${type} is told ${told(type)} times, and was the case ${count} times`);
}
