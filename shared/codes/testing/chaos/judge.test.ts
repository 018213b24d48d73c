import { describe, expect, it } from 'vitest';
import type { Code, Generation } from '../../code.ts';
import { sampleCode, sampleGeneration } from '../sample-code.ts';
import {
  type Evidence,
  type Expectation,
  type JournalEntry,
  judge,
  lossesOf,
  type UpstreamCode,
} from './judge.ts';

const first = sampleGeneration({ qrCodeId: 'qr-1', state: 'superseded' });
const second = sampleGeneration({ qrCodeId: 'qr-2', number: 2 });

function upstreamCode(
  { qrCodeId, expiresAtS, maxFlowNum }: Generation,
  changes: Partial<UpstreamCode> = {},
): UpstreamCode {
  return {
    QrCodeId: qrCodeId,
    AppId: 'app',
    ProxyOrganizationOpenId: 'org-a',
    TemplateId: 'template-a',
    FlowName: 'contract',
    QrCodeName: '',
    createdAtS: 0,
    expiresAtS,
    maxFlowNum,
    used: 0,
    flowEffectiveDays: 7,
    restrictions: [],
    forbidPersonalMultipleSign: false,
    flowNameAppendScannerInfo: false,
    scannedBy: [],
    isAlive: true,
    ...changes,
  };
}

function entry(changes: Partial<JournalEntry> = {}): JournalEntry {
  return {
    codeId: 'code',
    kind: 'create',
    state: 'succeeded',
    generation: 2,
    qrCodeId: 'qr-2',
    possibleOrphan: false,
    isDue: false,
    ...changes,
  };
}

const unknown = entry({ state: 'unknown', qrCodeId: null, possibleOrphan: true });

/** A code that was renewed as it should be, changed in one way or another. */
function evidence(changes: Partial<Evidence> = {}, code: Partial<Code> = {}): Evidence {
  const renewed = sampleCode({ current: second, generationsMade: 2, ...code });
  const record = {
    code: renewed,
    generations: [second, first],
    organization: undefined,
    notices: [],
    contracts: [],
    possibleOrphans: 0,
    dailyUses: [],
  };
  return {
    records: [record],
    journal: [entry({ generation: 1, qrCodeId: 'qr-1' }), entry()],
    upstream: [upstreamCode(first), upstreamCode(second)],
    ...changes,
  };
}

function withGenerations(...generations: Generation[]): Evidence {
  const { records, ...rest } = evidence();
  return { ...rest, records: records.map((record) => record && { ...record, generations }) };
}

function expected(promise: Expectation['promise']): Expectation[] {
  return [{ code: { codeId: 'code', flowName: 'contract', predecessor: 'expire' }, promise }];
}

const stray = upstreamCode(sampleGeneration({ qrCodeId: 'qr-stray' }));
const withStray = [...evidence().upstream, stray];
const journal = evidence().journal;

describe('the judge of a schedule', () => {
  it.each<[string, Evidence]>([
    ['one successor', evidence()],
    [
      'an orphan for which a call is named',
      evidence({ journal: [...journal, unknown], upstream: withStray }),
    ],
    [
      'an orphan of a call that ended with an internal error',
      evidence({ journal: [...journal, { ...unknown, state: 'refused' }], upstream: withStray }),
    ],
    ['a call without an orphan', evidence({ journal: [...journal, unknown] })],
    [
      'a QR code whose answer broke off after its id, and that was cancelled',
      evidence({
        journal: [...journal, entry({ state: 'unknown', qrCodeId: 'qr-stray' })],
        upstream: [...evidence().upstream, { ...stray, isAlive: false }],
      }),
    ],
    [
      'a QR code that came too late and was cancelled',
      evidence({
        journal: [...journal, entry({ qrCodeId: 'qr-stray', possibleOrphan: true })],
        upstream: [...evidence().upstream, { ...stray, isAlive: false }],
      }),
    ],
  ])('has nothing against %s', (_, good) => {
    expect(judge(expected('renewed'), good)).toEqual([]);
  });

  it.each<[string, Evidence]>([
    ['a code that is lost', evidence({ records: [undefined] })],
    ['a code without a successor', withGenerations(first)],
    ['a code without a current generation', withGenerations({ ...second, state: 'expired' }, first)],
    ['two current generations', withGenerations(second, { ...first, state: 'live' })],
    ['two successors', withGenerations({ ...second, number: 3 }, second, first)],
    ['a code that stands still', evidence({}, { state: 'Failed' })],
    ['a count that is wrong', evidence({}, { generationsMade: 3 })],
    [
      'a current generation that is dead upstream',
      evidence({ upstream: [upstreamCode(first), upstreamCode(second, { isAlive: false })] }),
    ],
    ['a generation that was never made', evidence({ upstream: [upstreamCode(first)] })],
    [
      'limits that are not those of upstream',
      evidence({ upstream: [upstreamCode(first), upstreamCode(second, { maxFlowNum: 1 })] }),
    ],
    ['an orphan that no call accounts for', evidence({ upstream: withStray })],
    [
      'an orphan of a call that was refused',
      evidence({
        journal: [...journal, { ...unknown, state: 'refused', possibleOrphan: false }],
        upstream: withStray,
      }),
    ],
    [
      'two orphans of one call',
      evidence({
        journal: [...journal, unknown],
        upstream: [...withStray, { ...stray, QrCodeId: 'qr-other' }],
      }),
    ],
    [
      'an orphan of a call for another code',
      evidence({ journal: [...journal, { ...unknown, codeId: 'other' }], upstream: withStray }),
    ],
    [
      'a possible orphan that nobody is shown',
      evidence({ journal: [...journal, { ...unknown, possibleOrphan: false }] }),
    ],
    [
      'a QR code that came too late and lives',
      evidence({ journal: [...journal, entry({ qrCodeId: 'qr-stray' })], upstream: withStray }),
    ],
    [
      'a QR code whose answer broke off after its id, and that lives',
      evidence({
        journal: [...journal, entry({ state: 'unknown', qrCodeId: 'qr-stray', possibleOrphan: true })],
        upstream: withStray,
      }),
    ],
    ['a call that stays planned', evidence({ journal: [...journal, entry({ state: 'planned' })] })],
    ['a call that stays sent', evidence({ journal: [...journal, entry({ state: 'sent' })] })],
    ['a cancel that stays due', evidence({ journal: [...journal, entry({ kind: 'cancel', isDue: true })] })],
  ])('finds %s', (_, bad) => {
    expect(judge(expected('renewed'), bad)).not.toEqual([]);
  });

  it('lets a create of which nobody heard leave nothing, and one that succeeded not', () => {
    const nothing: Evidence = { records: [undefined], journal: [], upstream: [] };
    expect(judge(expected('tried'), nothing)).toEqual([]);
    expect(judge(expected('created'), nothing)).not.toEqual([]);
    expect(judge(expected('tried'), { ...nothing, upstream: [stray] })).not.toEqual([]);
  });

  it('counts what nobody knows of', () => {
    expect(lossesOf(evidence({ journal: [...journal, unknown], upstream: withStray }))).toEqual({
      unknownCreates: 1,
      orphans: 1,
    });
  });
});
