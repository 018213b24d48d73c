import type { Check } from './check.ts';
import { application } from './checks/application.ts';
import { callbackForgery } from './checks/callback/forgery.ts';
import { callbackMatch } from './checks/callback/match.ts';
import { callbackProbe } from './checks/callback/probe.ts';
import { callbackSecrets } from './checks/callback/secrets.ts';
import { clock } from './checks/clock.ts';
import { configuration } from './checks/configuration.ts';
import { consolePage } from './checks/console.ts';
import { credentials } from './checks/credentials.ts';
import { database } from './checks/database.ts';
import { databaseEncoding } from './checks/database-encoding.ts';
import { databaseRights } from './checks/database-rights.ts';
import { databaseVersion } from './checks/database-version.ts';
import { functionUrls } from './checks/function-urls.ts';
import { migrations } from './checks/migrations.ts';
import { poster } from './checks/poster.ts';
import { registerKeys } from './checks/register-keys.ts';
import { sealedTexts } from './checks/sealed-texts.ts';
import { stableLink } from './checks/stable-link.ts';
import { template } from './checks/template.ts';
import { timers } from './checks/timers.ts';

/** In the order of the report: what a check needs stands before it. */
export const checks: readonly Check[] = [
  configuration,
  clock,
  credentials,
  application,
  template,
  database,
  databaseVersion,
  databaseEncoding,
  migrations,
  databaseRights,
  registerKeys,
  sealedTexts,
  stableLink,
  functionUrls,
  consolePage,
  poster,
  callbackSecrets,
  callbackProbe,
  callbackForgery,
  callbackMatch,
  timers,
];
