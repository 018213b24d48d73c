import * as z from 'zod/mini';
import { wrong } from '../../shared/shell/arguments.ts';

const Policy = z.strictObject({
  version: z.literal('2.0'),
  statement: z.array(z.looseObject({ effect: z.enum(['allow', 'deny']), action: z.array(z.string()) })),
});

/** Of CAM: what a statement allows or denies; whom or what it concerns is written as it comes. */
export type Policy = z.infer<typeof Policy>;

export type PolicyValues = Readonly<Record<string, string | undefined>>;

/** What may be left out: a statement that would need it is left out with it. */
const optional = ['domain', 'role'];

/**
 * A policy of `deploy/policies/` with its placeholders filled in.
 *
 * @throws Failure `InvalidRequest` naming every value that is missing
 */
export function renderPolicy(template: string, values: PolicyValues): Policy {
  const { version, statement } = Policy.parse(JSON.parse(template));
  const isWanted = (one: Policy['statement'][number]) =>
    namesIn(JSON.stringify(one)).every((name) => values[name] !== undefined || !optional.includes(name));
  const wanted = JSON.stringify({ version, statement: statement.filter(isWanted) });
  const missing = namesIn(wanted).filter((name) => values[name] === undefined);
  if (missing.length > 0)
    throw wrong([...new Set(missing)].map((name) => ({ zh: `缺少 --${name}`, en: `--${name} is needed` })));
  return Policy.parse(JSON.parse(wanted.replaceAll(placeholder, (_, name: string) => values[name] ?? '')));
}

const placeholder = /\$\{(\w+)\}/g;
const namesIn = (text: string) => [...text.matchAll(placeholder)].map(([, name]) => name ?? '');
