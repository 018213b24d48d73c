import type { SignCode } from '../../../../local/essbasic/state/entities.ts';
import { isAlive } from '../../code.ts';
import type { CodeRecord } from '../../reading/ports.ts';
import type { ChaosCode } from './chaos-codes.ts';

export interface JournalEntry {
  codeId: string | null;
  kind: 'create' | 'cancel';
  state: string;
  generation: number | null;
  qrCodeId: string | null;
  possibleOrphan: boolean;
  /** Is there anything left to do for it? */
  isDue: boolean;
}

export type UpstreamCode = SignCode & { isAlive: boolean };

/** What the register, its journal and upstream say when everything has come to rest. */
export interface Evidence {
  /** In the order of the codes that were asked for; undefined: the register has no such code. */
  records: readonly (CodeRecord | undefined)[];
  journal: readonly JournalEntry[];
  upstream: readonly UpstreamCode[];
}

/** How much has an unknown outcome. */
export interface Losses {
  /** Creates of which it is unknown whether they made a QR code. */
  unknownCreates: number;
  /** QR codes that were made upstream and belong to no code. */
  orphans: number;
}

export function lossesOf({ records, journal, upstream }: Evidence): Losses {
  const owned = new Set(
    records.flatMap((record) => record?.generations.map(({ qrCodeId }) => qrCodeId) ?? []),
  );
  const names = new Set(records.map((record) => record?.code.flowName));
  return {
    unknownCreates: journal.filter(
      ({ kind, qrCodeId, possibleOrphan }) => kind === 'create' && qrCodeId === null && possibleOrphan,
    ).length,
    orphans: upstream.filter(({ QrCodeId, FlowName }) => names.has(FlowName) && !owned.has(QrCodeId)).length,
  };
}

/** What a schedule was to do with a code, and the outcome for its caller. */
export interface Expectation {
  code: ChaosCode;
  /** `renewed`: it was due. `created`: its create succeeded. `tried`: the end of its create is unknown. */
  promise: 'renewed' | 'created' | 'tried';
}

/** Everything that is wrong; empty if each due code has one successor and nothing unknown lives. */
export function judge(expected: readonly Expectation[], { records, journal, upstream }: Evidence): string[] {
  const findings = journal
    .filter(isOpen)
    .map(({ kind, state, codeId }) => `a ${kind} of ${codeId} stays ${state}`);
  for (const [index, { code, promise }] of expected.entries()) {
    const { codeId, flowName } = code;
    const record = records[index];
    const own = upstream.filter((made) => made.FlowName === flowName);
    const attempts = journal.filter((entry) => entry.codeId === codeId);
    const wrong = [
      ...promiseBreaches(promise, record),
      ...(record === undefined ? [] : registerBreaches(record, own)),
      ...strayBreaches(record, own, attempts),
    ];
    findings.push(...wrong.map((text) => `${flowName}: ${text}`));
  }
  return findings;
}

function isOpen({ state, isDue }: JournalEntry): boolean {
  return state === 'planned' || state === 'sent' || isDue;
}

/** Exactly one current generation: the second of what was due, the first of what was made. */
function promiseBreaches(promise: Expectation['promise'], record: CodeRecord | undefined): string[] {
  if (record === undefined) return promise === 'tried' ? [] : ['is lost'];
  const { code, generations } = record;
  const last = promise === 'renewed' ? 2 : 1;
  const numbers = generations.map(({ number }) => number).join();
  const wrong: string[] = [];
  if (code.state !== 'Active') wrong.push(`is ${code.state}`);
  if (numbers !== (last === 2 ? '2,1' : '1')) wrong.push(`has the generations ${numbers || 'none'}`);
  const current = generations.filter(({ state }) => state === 'live').map(({ number }) => number);
  if (current.length !== 1) wrong.push(`has ${current.length} current generations`);
  if (code.current?.number !== last || code.generationsMade !== last) {
    wrong.push(`counts ${code.generationsMade} generations, the current being ${code.current?.number}`);
  }
  return wrong;
}

/** What the register says of each generation is what upstream knows of it. */
function registerBreaches({ generations }: CodeRecord, own: readonly UpstreamCode[]): string[] {
  return generations.flatMap((generation) => {
    const made = own.find(({ QrCodeId }) => QrCodeId === generation.qrCodeId);
    const name = `generation ${generation.number}`;
    if (made === undefined) return [`${name} was never made upstream`];
    const wrong: string[] = [];
    if (made.isAlive !== isAlive(generation)) {
      wrong.push(`${name} is ${generation.state}, upstream it is ${made.isAlive ? 'alive' : 'dead'}`);
    }
    const { expiresAtS, maxFlowNum } = generation;
    if (made.expiresAtS !== expiresAtS || made.maxFlowNum !== maxFlowNum)
      wrong.push(`${name} has other limits upstream`);
    return wrong;
  });
}

/** Each QR code that the register does not own has a call of its own in the journal that says so. */
function strayBreaches(
  record: CodeRecord | undefined,
  own: readonly UpstreamCode[],
  attempts: readonly JournalEntry[],
): string[] {
  const owned = new Set(record?.generations.map(({ qrCodeId }) => qrCodeId));
  const strays = own.filter(({ QrCodeId }) => !owned.has(QrCodeId));
  const disowned = new Set(
    attempts
      // Of an answer that broke off the id may have come: then its QR code is known by it, and ended as well.
      .filter(
        ({ kind, state, qrCodeId }) => kind === 'create' && (state === 'succeeded' || qrCodeId !== null),
      )
      .map(({ qrCodeId }) => qrCodeId),
  );
  const nameless = strays.filter(({ QrCodeId }) => !disowned.has(QrCodeId));
  const creates = attempts.filter(({ kind, qrCodeId }) => kind === 'create' && qrCodeId === null);
  const mayHaveMade = creates.filter(({ possibleOrphan }) => possibleOrphan);
  const wrong = strays
    .filter(({ QrCodeId, isAlive: lives }) => lives && disowned.has(QrCodeId))
    .map(({ QrCodeId }) => `${QrCodeId} was to be cancelled and is alive`);
  if (nameless.length > mayHaveMade.length) {
    wrong.push(`${nameless.length} QR codes are orphans, and ${mayHaveMade.length} calls may have made one`);
  }
  if (creates.some(({ state, possibleOrphan }) => state === 'unknown' && !possibleOrphan)) {
    wrong.push('a call whose outcome is unknown is not shown to people');
  }
  return wrong;
}
