import { type Found, found } from '../../../cloud-api/outcome.ts';
import { refuse } from '../gateway/refuse.ts';
import type { RoutingConfig } from '../schemas/structs.ts';
import { beijingTime } from './beijing-time.ts';
import type { Alias, FunctionRecord } from './function-record.ts';
import { versionOf } from './versions.ts';

/** Where an alias leads. */
export type Routing = Pick<Alias, 'version' | 'weights' | 'matches'>;

/**
 * Checks where an alias is to lead: to versions that are active, with one more beside the main one at most
 * (`scf_models`).
 */
export function routingOf(
  fn: FunctionRecord,
  main: string,
  config: RoutingConfig | undefined,
  inactive: 'FailedOperation.CreateAlias' | 'FailedOperation.UpdateAlias',
): Found<Routing> {
  const weights = config?.AdditionalVersionWeights ?? [];
  const matches = config?.AddtionVersionMatchs ?? [];
  if (weights.length > 0 && matches.length > 0) {
    return refuse('InvalidParameterValue.RoutingConfig', {
      zh: '权重与规则不能同时使用',
      en: 'weights and matches exclude each other',
    });
  }
  const wrong = weights.length > 1 || weights.some(({ Weight }) => Weight < 0 || Weight > 1);
  if (wrong || weights.some(({ Version }) => Version === main)) {
    return refuse('InvalidParameterValue.AdditionalVersionWeights', {
      zh: '至多一个附加版本，不同于主版本，权重 0 至 1',
      en: 'one more version at most, another than the main one, with a weight from 0 to 1',
    });
  }
  for (const name of [
    main,
    ...weights.map(({ Version }) => Version),
    ...matches.map(({ Version }) => Version),
  ]) {
    const version = versionOf(fn, name);
    if (version === undefined) return refuse('ResourceNotFound.FunctionVersion', name);
    if (version.life.status !== 'Active') return refuse(inactive, `${name}: ${version.life.status}`);
  }
  return found({ version: main, weights, matches });
}

export function aliasView(alias: Alias) {
  return {
    Name: alias.name,
    FunctionVersion: alias.version,
    Description: alias.description,
    RoutingConfig: { AdditionalVersionWeights: alias.weights, AddtionVersionMatchs: alias.matches },
    AddTime: beijingTime(alias.addedMs),
    ModTime: beijingTime(alias.changedMs),
  };
}
