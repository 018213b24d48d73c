import type { Code, Generation } from '../code.ts';
import type { CodeEvent } from '../events.ts';
import type { Attempt } from '../life/attempt.ts';
import type { UseTransaction } from '../ports.ts';
import type { Organization } from '../quota/organization.ts';
import { unasked } from './unasked.ts';

/** What is there before a transaction. */
interface Kept {
  code?: Code;
  generation?: Generation;
  organization?: Organization;
  /** Creates in the journal. */
  attempts?: readonly Attempt[];
  /** Who has the lease of the code. */
  leaseToken?: string;
}

/** What was written, in the order in which it was. */
interface Written {
  codes: Code[];
  /** What becomes of the lease of a code, with each that was written. */
  leases: string[];
  generations: Generation[];
  organizations: Organization[];
  attempts: Attempt[];
  cancels: Attempt[];
  events: CodeEvent[];
}

/** A transaction on one code, one generation and one organisation in memory: for rules that read little and decide much. */
export function memoryTransaction({ code, generation, organization, attempts = [], leaseToken = '0' }: Kept) {
  const written: Written = {
    codes: [],
    leases: [],
    generations: [],
    organizations: [],
    attempts: [],
    cancels: [],
    events: [],
  };
  const tx: UseTransaction = {
    lockCode: async (codeId) =>
      code?.codeId === codeId ? { code, leaseToken, leased: leaseToken !== '0' } : undefined,
    lockGeneration: async (qrCodeId) => (generation?.qrCodeId === qrCodeId ? generation : undefined),
    async saveCode(saved, lease) {
      written.codes.push(saved);
      written.leases.push(lease);
    },
    saveGeneration: async (saved) => void written.generations.push(saved),
    lockOrganization: async () => organization,
    holdOrganization: async (appId, name, sinceS) => organization ?? unknown(appId, name, sinceS),
    saveOrganization: async (saved) => void written.organizations.push(saved),
    lockAttempt: async (attemptId) => attempts.find((one) => one.attemptId === attemptId),
    openCreates: async () => attempts.filter(({ state }) => state === 'planned' || state === 'sent'),
    saveAttempt: async (saved) => void written.attempts.push(saved),
    insertCancel: async (cancel) => void written.cancels.push(cancel),
    emit: async (event) => void written.events.push(event),
    deleteCode: unasked,
    insertGeneration: unasked,
    audit: unasked,
    remember: unasked,
  };
  return { tx, written };
}

/** An organisation that nobody has heard of has quota, as far as anybody knows. */
function unknown(appId: string, organization: string, sinceS: number): Organization {
  return {
    ...{ appId, organization, sinceS },
    quotaState: 'ok',
    reason: { code: 'QuotaRestored' },
    probeAtS: null,
    probeFailures: 0,
    failedAtS: null,
    provenAtS: null,
  };
}
