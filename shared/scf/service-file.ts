import type * as z from 'zod/mini';
import type { FunctionService, HttpTrigger, TimerTrigger } from './function-service.ts';
import { readYaml } from './read-yaml.ts';
import { cloudProps, FunctionFile, type FunctionProps, nameOf, type Trigger } from './service-schema.ts';

/**
 * Reads the services of a Serverless Devs file, as far as running them needs. It leaves out what only the cloud
 * reads, so that the variables there need no value.
 *
 * Throws `Misconfigured` with every problem, each under its path in the file.
 */
export function readServiceFile(yaml: string, fileName = 'serverless.yml'): FunctionService[] {
  const { services } = readYaml(yaml, {
    fileName,
    schema: FunctionFile,
    prepare: withoutCloudProps,
    isNeeded: (path) => /^services\.[^.]+\.props\./.test(path),
  });
  return Object.entries(services).map(([name, { props }]) => toService(name, props));
}

const isMapping = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function withoutCloudProps(content: unknown): unknown {
  if (!isMapping(content) || !isMapping(content['services'])) return content;
  const services = Object.entries(content['services']).map(([name, service]) => {
    if (!isMapping(service) || !isMapping(service['props'])) return [name, service];
    const props = Object.entries(service['props']).filter(([key]) => !(key in cloudProps));
    return [name, { ...service, props: Object.fromEntries(props) }];
  });
  return { ...content, services: Object.fromEntries(services) };
}

export function toService(name: string, props: z.infer<typeof FunctionProps>): FunctionService {
  return {
    name,
    handler: props.handler,
    memoryMb: props.memorySize,
    timeoutS: props.timeout,
    environment: props.environment ?? [],
    triggers: props.triggers.map(toTrigger),
  };
}

function toTrigger(trigger: Trigger): HttpTrigger | TimerTrigger {
  if (trigger.type === 'timer') {
    return { type: 'timer', name: nameOf(trigger), cron: trigger.cron, argument: trigger.argument ?? '' };
  }
  const { type, auth, cors, paths } = trigger;
  const { maxAge, ...rules } = cors ?? { origins: [] };
  return {
    type,
    ...(auth === undefined ? {} : { auth }),
    ...(cors === undefined
      ? {}
      : { cors: { ...rules, ...(maxAge === undefined ? {} : { maxAgeS: maxAge }) } }),
    ...(paths === undefined ? {} : { paths }),
  };
}
