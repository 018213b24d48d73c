import { foundation } from './0001-foundation.ts';
import { register } from './0002-register.ts';
import { retention } from './0003-retention.ts';
import { notifications } from './0004-notifications.ts';
import { deliveries } from './0005-deliveries.ts';
import { announcements } from './0006-announcements.ts';
import { search } from './0007-search.ts';
import { keyLines } from './0008-key-lines.ts';
import { contractLists } from './0009-contract-lists.ts';
import { auditLists } from './0010-audit-lists.ts';
import { organizationSettings } from './0011-organization-settings.ts';
import { useByDay } from './0012-use-by-day.ts';
import { batches } from './0013-batches.ts';
import { forgottenContracts } from './0014-forgotten-contracts.ts';
import { limitsAcrossClocks } from './0015-limits-across-clocks.ts';
import { keyCalls } from './0016-key-calls.ts';
import { figures } from './0017-figures.ts';
import { messages } from './0018-messages.ts';
import { auditPartitions } from './0019-audit-partitions.ts';
import { eventPartitions } from './0020-event-partitions.ts';
import { auditSearches } from './0021-audit-searches.ts';
import { contractStates } from './0022-contract-states.ts';
import type { Migration } from './migration.ts';

/** Every migration, in the order in which they are applied. */
export const migrations: readonly Migration[] = [
  foundation,
  register,
  retention,
  notifications,
  deliveries,
  announcements,
  search,
  keyLines,
  contractLists,
  auditLists,
  organizationSettings,
  useByDay,
  batches,
  forgottenContracts,
  limitsAcrossClocks,
  keyCalls,
  figures,
  messages,
  auditPartitions,
  eventPartitions,
  auditSearches,
  contractStates,
];
