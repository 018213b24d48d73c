import { parse } from 'yaml';
import * as z from 'zod/mini';

const Description = z.object({
  services: z.record(
    z.string(),
    z.object({ props: z.object({ triggers: z.array(z.object({ type: z.string() })) }) }),
  ),
});

/** Names of the functions that a service description gives a URL. */
export function httpFunctionsOf(serviceFile: string): string[] {
  const { services } = Description.parse(parse(serviceFile, { merge: true }));
  return Object.entries(services)
    .filter(([, { props }]) => props.triggers.some(({ type }) => type === 'http'))
    .map(([name]) => name);
}
