import { describe, expect, it } from 'vitest';
import { noticeOf } from '../notice.ts';
import { sampleCode, sampleGeneration } from '../testing/sample-code.ts';
import { startS } from '../testing/world.ts';
import { describedContracts, describedUse } from './described-use.ts';
import type { ContractCount } from './ports.ts';

const inferred = (count: number, generation = 1): ContractCount => ({
  generation,
  link: 'inferred',
  state: 'PART',
  count,
});

describe('how much a code was used', () => {
  it.each([
    ['nothing was heard', { costMessages: 0 }, [], 'Unknown', 'UseUnheard'],
    ['costs alone were heard of', { costMessages: 3 }, [], 'Counted', 'UseByCost'],
    ['both counts agree', { costMessages: 3, certainContracts: 3 }, [], 'Counted', 'UseConfirmed'],
    [
      'fewer contracts are known than costs',
      { costMessages: 3, certainContracts: 2 },
      [],
      'Counted',
      'UseByCost',
    ],
    ['costs are missing', { costMessages: 2, certainContracts: 3 }, [], 'AtLeast', 'UseByContracts'],
    ['more are inferred', { costMessages: 3 }, [inferred(4)], 'AtLeast', 'UseMayBeMore'],
    ['as many are inferred', { costMessages: 3 }, [inferred(3)], 'Counted', 'UseByCost'],
    [
      'those inferred are of another generation',
      { costMessages: 3 },
      [inferred(4, 2)],
      'Counted',
      'UseByCost',
    ],
  ])('is told with how sure it is, where %s', (_, counts, contracts, Sure, Code) => {
    const used = Math.max(counts.costMessages, 'certainContracts' in counts ? counts.certainContracts : 0);
    const code = sampleCode({ current: sampleGeneration({ ...counts, used }) });
    expect(describedUse({ code, contracts })).toMatchObject({ Used: used, Sure, Reason: { Code } });
  });

  it('is not sure where notifications go elsewhere', () => {
    const request = { TemplateId: 't', FlowName: 'f', CallbackUrl: 'https://example.org/mine' };
    const code = sampleCode({ request, current: sampleGeneration({ costMessages: 1, used: 1 }) });
    expect(describedUse({ code, contracts: [] })).toMatchObject({
      Sure: 'AtLeast',
      Reason: { Code: 'UseElsewhere' },
    });
  });

  it('is told by each count, of contracts that are certain and those that are inferred', () => {
    const code = sampleCode({
      current: sampleGeneration({ used: 3, costMessages: 3, certainContracts: 2 }),
    });
    const certain = { ...inferred(7), link: 'certain' } as const;
    expect(describedUse({ code, contracts: [certain, inferred(4), inferred(1)] })).toMatchObject({
      CostMessages: 3,
      CertainContracts: 2,
      InferredContracts: 5,
      Reason: { Code: 'UseMayBeMore', En: expect.stringContaining('5') },
    });
  });

  it('is told of a code without a generation', () => {
    const code = sampleCode({ current: null });
    expect(describedUse({ code, contracts: [] })).toMatchObject({
      Used: 0,
      MaxFlowNum: 100,
      Sure: 'Unknown',
    });
  });
});

it('contracts are told by their state, certain and inferred ones apart', () => {
  const certain = { link: 'certain', generation: 1, state: 'ALL', count: 2 } as const;
  const contracts = [certain, { ...certain, generation: 2 }, { ...certain, state: 'PART' }, inferred(5)];
  expect(describedContracts({ contracts })).toEqual({
    Certain: { ALL: 4, PART: 2 },
    Inferred: { PART: 5 },
  });
});

describe('the notice on a code', () => {
  const code = sampleCode();
  const notice = (
    kind: 'template' | 'template-change' | 'organization',
    raised: boolean,
    atS = startS + 10,
  ) => ({ kind, subject: 's', scope: '', raised, reason: { code: 'TemplateDeleted' }, atS }) as const;

  it('is the gravest: the organisation before the template before a change of it', () => {
    const all = [notice('template-change', true), notice('template', true), notice('organization', true)];
    expect(noticeOf(code, all)?.kind).toBe('organization');
    expect(noticeOf(code, all.slice(0, 2))?.kind).toBe('template');
    expect(noticeOf(code, all.slice(0, 1))?.kind).toBe('template-change');
    expect(noticeOf(code, [])).toBeUndefined();
  });

  it('is of two messages of one second the one that warns', () => {
    const [warning, clearing] = [notice('template', true), notice('template', false)];
    expect(noticeOf(code, [warning, clearing])).toBe(warning);
    expect(noticeOf(code, [clearing, warning])).toBe(warning);
  });

  it('is proved wrong by no create of the same second', () => {
    const renewed = sampleCode({ current: sampleGeneration({ createdAtS: startS + 10 }) });
    expect(noticeOf(renewed, [notice('template', true)])).toBeDefined();
    expect(noticeOf(sampleCode({ current: null }), [notice('template', true)])).toBeDefined();
  });

  it('is that of the latest message for everybody or for its organisation', () => {
    const cleared = { ...notice('template', false, startS + 20), scope: 'org-a' };
    expect(noticeOf(code, [notice('template', true), cleared])).toBeUndefined();
    expect(noticeOf(code, [notice('template', true, startS + 30), cleared])).toMatchObject({ raised: true });
  });

  it('about a change is over when the template is said to be usable', () => {
    const usable = notice('template', false, startS + 10);
    expect(noticeOf(code, [notice('template-change', true), usable])).toBeUndefined();
    expect(noticeOf(code, [notice('template-change', true, startS + 11), usable])?.kind).toBe(
      'template-change',
    );
  });

  it('is proved wrong by a create that succeeded later', () => {
    const renewed = sampleCode({ current: sampleGeneration({ createdAtS: startS + 11 }) });
    expect(noticeOf(renewed, [notice('template', true), notice('organization', true)])).toBeUndefined();
  });
});
