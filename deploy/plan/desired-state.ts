import { createHash } from 'node:crypto';
import type { Problem } from '../../shared/errors.ts';
import { environmentBytes, environmentLimitBytes } from '../../shared/scf/environment.ts';
import { zipLimitBytes } from '../../shared/scf/limits.ts';
import type { CloudFunction, Project } from '../../shared/scf/project-file.ts';
import { misconfigured } from '../../shared/scf/read-yaml.ts';
import type { CodePackage } from '../cloud/package-code.ts';
import type { Configuration } from './configuration.ts';
import type { Endpoint } from './current-state.ts';
import { servedAlias } from './current-state.ts';
import { type CodeMark, describeFunction } from './release-marks.ts';

/** One function as it should be. */
export interface DesiredFunction {
  service: CloudFunction;
  code: CodePackage;
  /** Values of the variables it asks for, but for the base URLs, which may not be known yet. */
  environment: Readonly<Record<string, string>>;
}

export interface DesiredState {
  namespace: string;
  /** What the names in the cloud of this project and stage begin with. */
  prefix: string;
  functions: readonly DesiredFunction[];
  domain: DesiredDomain | undefined;
  /** Functions of this project and stage that the file does not have are removed. */
  prune: boolean;
  /** A function may be deleted and created again where nothing else helps; its Function URL is another one then. */
  replace: boolean;
}

export interface DesiredDomain {
  name: string;
  certificateId: string;
  endpoints: readonly Endpoint[];
}

export interface DesiredOptions {
  project: Project;
  /** Throws where a function is not built. */
  packageOf: (name: string) => CodePackage;
  values: Readonly<Record<string, string | undefined>>;
  prune: boolean;
  replace: boolean;
}

/** Throws `Misconfigured` with everything that the cloud would refuse, before it is asked for anything. */
export function desiredState({ project, packageOf, values, ...options }: DesiredOptions): DesiredState {
  const functions = project.functions.map((service) => ({
    service,
    code: packageOf(service.name),
    environment: environmentOf(service, values),
  }));
  const problems = functions.flatMap(problemsOf);
  if (problems.length > 0) throw misconfigured('serverless.yml', problems);
  return {
    ...options,
    namespace: project.namespace,
    prefix: `${project.name}-${project.stage}-`,
    functions,
    domain: domainOf(project),
  };
}

/** An empty value counts as none. */
function environmentOf(service: CloudFunction, values: DesiredOptions['values']): Record<string, string> {
  const given = service.environment.flatMap((name) => (values[name] ? [[name, values[name]]] : []));
  return Object.fromEntries(given);
}

/** Room for the base URLs that are added later. */
const baseUrlBytes = 400;

function problemsOf({ service, code, environment }: DesiredFunction): Problem[] {
  const problems: Problem[] = [];
  const path = `services.${service.name}`;
  const bytes = environmentBytes(environment) + baseUrlBytes;
  if (bytes > environmentLimitBytes) {
    const message = {
      zh: `最多需要 ${bytes} 字节，平台上限为 ${environmentLimitBytes}`,
      en: `needs up to ${bytes} bytes, and the platform takes ${environmentLimitBytes}`,
    };
    problems.push({ path: `${path}.props.environment`, message });
  }
  if (code.zip.length > zipLimitBytes.create) {
    const message = {
      zh: `压缩包为 ${code.zip.length} 字节，平台上限为 ${zipLimitBytes.create}`,
      en: `is ${code.zip.length} bytes of zip, and the platform takes ${zipLimitBytes.create}`,
    };
    problems.push({ path, message });
  }
  return problems;
}

/** The same paths as on a laptop: each function under its own name, and where else its trigger says. */
function domainOf({ domain, functions, namespace }: Project): DesiredDomain | undefined {
  if (domain === undefined) return undefined;
  const endpoints = functions.flatMap(({ cloudName, name, triggers }) =>
    triggers.flatMap((trigger) =>
      trigger.type === 'http'
        ? [`/${name}`, `/${name}/*`, ...(trigger.paths ?? [])].map((path) => ({
            namespace,
            functionName: cloudName,
            qualifier: servedAlias,
            path,
          }))
        : [],
    ),
  );
  return { ...domain, endpoints };
}

/** The configuration with these base URLs and this mark. */
export function configurationOf(
  { service, environment }: DesiredFunction,
  baseUrls: Readonly<Record<string, string | undefined>>,
  mark: CodeMark,
): Configuration {
  const wired = service.environment.flatMap((name) =>
    environment[name] === undefined && baseUrls[name] ? [[name, baseUrls[name]]] : [],
  );
  const { log } = service;
  return {
    description: describeFunction(service.description, mark),
    memoryMb: service.memoryMb,
    timeoutS: service.timeoutS,
    environment: { ...environment, ...Object.fromEntries(wired) },
    vpcId: service.vpc?.vpcId ?? '',
    subnetId: service.vpc?.subnetId ?? '',
    publicNetwork: service.publicNetwork,
    role: service.role ?? '',
    log: log === 'none' ? { logsetId: '', topicId: '' } : log,
  };
}

/** Names what is served: the code and all that it is configured with. */
export function releaseOf(service: CloudFunction, code: CodePackage, configuration: Configuration): string {
  const { description: _, environment, ...rest } = configuration;
  const variables = Object.entries(environment).sort(([one], [other]) => (one < other ? -1 : 1));
  const facts = [code.sha256, service.runtime, service.handler, service.description, rest, variables];
  return createHash('sha256').update(JSON.stringify(facts)).digest('hex').slice(0, 32);
}
