import { ofConcurrency } from './provocations/concurrency.ts';
import { ofConfigurations } from './provocations/configurations.ts';
import { ofDomains } from './provocations/domains.ts';
import { ofFunctions } from './provocations/functions.ts';
import { ofNamedFunctions } from './provocations/named-functions.ts';
import type { Provocation } from './provocations/provocation.ts';
import { ofTriggers } from './provocations/triggers.ts';
import { ofVersions } from './provocations/versions.ts';

export type { Provocation } from './provocations/provocation.ts';

/** For each code that an action lists, a request that is answered with it. */
export const provocations: readonly Provocation[] = [
  ...ofNamedFunctions,
  ...ofConfigurations,
  ...ofFunctions,
  ...ofTriggers,
  ...ofVersions,
  ...ofConcurrency,
  ...ofDomains,
];
