import type { Code, Generation } from '../code.ts';
import { defaultPolicy } from '../renewal/renewal-policy.ts';
import { dayS, startMs, startS } from './world.ts';

export function sampleGeneration(changes: Partial<Generation> = {}): Generation {
  return {
    codeId: 'code',
    number: 1,
    qrCodeId: 'qr-1',
    urls: { QrCodeUrl: '', AppSignUrl: '', HttpSignUrl: '' },
    maxFlowNum: 100,
    used: 0,
    costMessages: 0,
    certainContracts: 0,
    toldPercent: 0,
    toldExpiring: false,
    state: 'live',
    createdAtS: startS,
    expiresAtS: startS + 30 * dayS,
    ...changes,
  };
}

/** A code of thirty days with a hundred contracts, just created. */
export function sampleCode(changes: Partial<Code> = {}): Code {
  return {
    codeId: 'code',
    slug: 'slug',
    callbackToken: 'callbackTokenOfSample1',
    appId: 'app',
    organization: 'org-a',
    operator: 'operator-a',
    templateId: 'template-a',
    flowName: 'contract',
    qrCodeName: null,
    request: { TemplateId: 'template-a', FlowName: 'contract' },
    sealed: null,
    maxFlowNum: 100,
    lifeS: 30 * dayS,
    externalId: null,
    labels: [],
    note: null,
    policy: defaultPolicy,
    state: 'Active',
    reason: { code: 'Created' },
    version: 2,
    current: sampleGeneration(),
    generationsMade: 1,
    committed: 100,
    dueAtS: null,
    warnAtS: null,
    held: false,
    renewRequested: false,
    failures: 0,
    createdAtMs: startMs,
    updatedAtMs: startMs,
    ...changes,
  };
}

/** What a key of the sample's application sees. */
export const scopeOf = (...organizations: string[]) => ({ appId: 'app', organizations });
