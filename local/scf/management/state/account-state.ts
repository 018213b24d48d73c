import type { Services } from '../services.ts';
import type { FunctionRecord, TriggerRecord, Version } from './function-record.ts';

/** What an account holds, for a person or a test to look at. */
export interface AccountState {
  functions: FunctionState[];
  domains: { domain: string; paths: Record<string, string> }[];
}

interface FunctionState {
  name: string;
  /** By version, `$LATEST` among them. */
  versions: Record<string, VersionState>;
  /** By alias, the version that it leads to. */
  aliases: Record<string, string>;
  triggers: TriggerState[];
  reservedMb: number | undefined;
}

interface VersionState {
  status: string;
  codeSha256: string;
  /** Names alone: values may be secret. */
  variables: string[];
}

interface TriggerState {
  type: string;
  name: string;
  qualifier: string;
  enabled: boolean;
  /** The cron expression, or the URL even where the API does not show it yet. */
  leads: string;
}

/** Looking at it this way moves nothing on. */
export function accountState(services: Services): AccountState {
  const { functions, domains } = services.account;
  return {
    functions: [...functions.values()].map((fn) => functionState(services, fn)),
    domains: [...domains.values()].map(({ domain, endpoints }) => ({
      domain,
      paths: Object.fromEntries(
        endpoints.map(({ PathMatch, FunctionName, Qualifier }) => [
          PathMatch,
          `${FunctionName}:${Qualifier}`,
        ]),
      ),
    })),
  };
}

function functionState(services: Services, fn: FunctionRecord): FunctionState {
  const versions = [fn.latest, ...fn.published.values()];
  return {
    name: fn.name,
    versions: Object.fromEntries(versions.map((version) => [version.name, versionState(version)])),
    aliases: Object.fromEntries([...fn.aliases.values()].map(({ name, version }) => [name, version])),
    triggers: fn.triggers.map((trigger) => triggerState(services, trigger)),
    reservedMb: fn.reservedMb,
  };
}

const versionState = ({ life, content }: Version): VersionState => ({
  status: life.status,
  codeSha256: content.code.sha256,
  variables: content.configuration.Environment.Variables.map(({ Key }) => Key),
});

const triggerState = (services: Services, trigger: TriggerRecord): TriggerState => ({
  type: trigger.type,
  name: trigger.name,
  qualifier: trigger.qualifier,
  enabled: trigger.enabled,
  leads: trigger.type === 'timer' ? trigger.cron : services.triggers.urlOf(trigger),
});
