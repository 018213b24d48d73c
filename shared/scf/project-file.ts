import type * as z from 'zod/mini';
import type { Problem } from '../errors.ts';
import type { CloudSettings, FunctionService } from './function-service.ts';
import { functionNameLimit, qualifiedNameLimit } from './limits.ts';
import { misconfigured, readYaml } from './read-yaml.ts';
import { toService } from './service-file.ts';
import { ProjectFile, type ProjectProps } from './service-schema.ts';
import { setVariables } from './variables.ts';

/** A function with its settings in the cloud. */
export interface CloudFunction extends FunctionService, CloudSettings {
  /** Its name in the cloud, `<project>-<stage>-<name>`. */
  cloudName: string;
}

/** The whole file, for one stage. */
export interface Project {
  name: string;
  stage: string;
  region: string;
  namespace: string;
  /** One host before all functions. */
  domain: { name: string; certificateId: string } | undefined;
  functions: readonly CloudFunction[];
}

/** Settings that all functions of one stage share: a deployment is in one region. */
const common = ['region', 'namespace', 'stage'] as const;

/**
 * Reads the whole file for one stage; `values` are those of `${env(NAME)}`.
 *
 * Throws `Misconfigured` with every problem, each under its path in the file, `*` standing for all functions.
 */
export function readProjectFile(
  yaml: string,
  values: Readonly<Record<string, string | undefined>>,
  fileName = 'serverless.yml',
): Project {
  const file = readYaml(yaml, {
    fileName,
    schema: ProjectFile,
    prepare: (content) => setVariables(content, values),
    isNeeded: (path) => /^services\.[^.]+\.props\.|^vars\.domain\./.test(path),
  });
  const functions = Object.entries(file.services).map(([name, { props }]) =>
    toFunction(file.name, name, props),
  );
  const problems = functions.flatMap((it) => [...nameProblems(it), ...halfProblems(it)]);
  const [first] = functions;
  if (first === undefined)
    throw misconfigured(fileName, [{ path: 'services', message: { zh: '为空', en: 'are none' } }]);
  for (const key of common) {
    if (functions.some((it) => it[key] !== first[key]))
      problems.push({
        path: `services.*.props.${key}`,
        message: { zh: '须处处相同', en: 'must be the same everywhere' },
      });
  }
  const { name: domain = '', certificateId = '' } = file.vars?.domain ?? {};
  if (domain !== '' && certificateId === '')
    problems.push({
      path: 'vars.domain.certificateId',
      message: { zh: '必填：链接与回调均为 https', en: 'is needed: links and notifications are https' },
    });
  if (problems.length > 0) throw misconfigured(fileName, problems);
  return {
    name: file.name,
    stage: first.stage,
    region: first.region,
    namespace: first.namespace,
    // As the platform keeps it.
    domain: domain ? { name: domain.toLowerCase(), certificateId } : undefined,
    functions,
  };
}

function toFunction(project: string, name: string, props: z.infer<typeof ProjectProps>): CloudFunction {
  const { vpc, log, asyncRetry } = props;
  return {
    ...toService(name, props),
    cloudName: `${project}-${props.stage}-${name}`,
    runtime: props.runtime,
    description: props.description ?? '',
    region: props.region,
    namespace: props.namespace ?? 'default',
    stage: props.stage,
    vpc: vpc?.vpcId || vpc?.subnetId ? { vpcId: vpc.vpcId ?? '', subnetId: vpc.subnetId ?? '' } : undefined,
    publicNetwork: props.publicNetwork ?? true,
    role: props.role || undefined,
    log:
      typeof log === 'string'
        ? log
        : log?.logsetId || log?.topicId
          ? { logsetId: log.logsetId ?? '', topicId: log.topicId ?? '' }
          : undefined,
    asyncRetry: asyncRetry && { attempts: asyncRetry.attempts, maxAgeS: asyncRetry.maxAge },
    reservedConcurrencyMb: props.reservedConcurrency,
    provisionedConcurrency: props.provisionedConcurrency,
    tags: props.tags ?? {},
  };
}

function nameProblems({ name, cloudName, namespace }: CloudFunction): Problem[] {
  const path = `services.${name}`;
  if (cloudName.length > functionNameLimit) {
    const message = {
      zh: `在云上名为 ${cloudName}，超过 ${functionNameLimit} 个字符`,
      en: `would be ${cloudName} in the cloud, longer than ${functionNameLimit} characters`,
    };
    return [{ path, message }];
  }
  if (!/[A-Za-z\d]$/.test(cloudName))
    return [{ path, message: { zh: '须以字母或数字结尾', en: 'must end in a letter or digit' } }];
  return namespace.length + cloudName.length > qualifiedNameLimit
    ? [
        {
          path,
          message: {
            zh: `连同命名空间超过 ${qualifiedNameLimit} 个字符`,
            en: `is longer than ${qualifiedNameLimit} characters with its namespace`,
          },
        },
      ]
    : [];
}

/** Of two ids that only make sense together, one is missing. */
function halfProblems({ name, vpc, log }: CloudFunction): Problem[] {
  const path = `services.${name}.props`;
  const problems: Problem[] = [];
  if (vpc && (vpc.vpcId === '' || vpc.subnetId === ''))
    problems.push({ path: `${path}.vpc`, message: bothOrNeither('vpcId', 'subnetId') });
  if (typeof log === 'object' && (log.logsetId === '' || log.topicId === ''))
    problems.push({ path: `${path}.log`, message: bothOrNeither('logsetId', 'topicId') });
  return problems;
}

const bothOrNeither = (one: string, other: string) => ({
  zh: `${one} 与 ${other} 须同时给出或都不给`,
  en: `must have ${one} and ${other}, or neither`,
});
