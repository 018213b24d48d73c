import { buildIndex } from './build-index.ts';
import type { Migration } from './migration.ts';

/**
 * Contracts in one state are found without passing over those in others: the newest are still to be signed, and the more
 * there are the more of them lie before the first that was signed.
 */
const indexes = {
  contracts_in_state: 'contracts (state, started_at)',
  contracts_in_state_of_organization: 'contracts (organization, state, started_at)',
} as const;

export const contractStates: Migration = {
  number: 22,
  name: 'contract-states',
  steps: Object.entries(indexes).map(([name, on]) => ({ name, run: (db) => buildIndex(db, name, on) })),
};
