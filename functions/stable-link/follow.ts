import { type DescribedCode, type DescribePorts, describeCode } from '../../shared/codes/describe-codes.ts';
import { QianmaError } from '../../shared/errors.ts';
import type { Answer } from '../../shared/runtime/http-handler.ts';
import type { Language } from '../../shared/runtime/language.ts';
import { page, pageHeaders } from './page.ts';

/** While people may hope that a code works again soon, they are told to come back. Seconds. */
const comeBackS = 60;

/**
 * States in which a usable generation is led to. An organisation that was out of quota may have bought some since: the
 * page of upstream knows, we only guess.
 */
const leading = new Set(['Active', 'Failed', 'QuotaBlocked']);

/** States that end by themselves, or by a person who tops up or resumes. */
const passing = new Set(['Active', 'Creating', 'Exhausted', 'Expired', 'Paused', 'QuotaBlocked']);

/**
 * Where a stable link leads: to the signing page of the current generation, or to a page that says why it does not.
 * Whoever scans is no programmer: a link that nobody made gets a page too.
 *
 * @throws what the register throws
 */
export async function follow(path: string, ports: DescribePorts, language: Language): Promise<Answer> {
  const slug = /\/([1-9A-HJ-NP-Za-km-z]{12})\/?$/.exec(path)?.[1];
  const code = slug === undefined ? undefined : await find(slug, ports);
  if (code === undefined)
    return { status: 404, headers: pageHeaders, body: page(undefined, false, language) };
  const [current] = code.Generations;
  if (current !== undefined && code.Usable && leading.has(code.State))
    return { status: 302, headers: { Location: current.HttpSignUrl }, body: '' };
  const isPassing = passing.has(code.State) && (code.State !== 'Expired' || code.Renewal.NextOn !== null);
  return {
    status: isPassing ? 503 : 410,
    headers: { ...pageHeaders, ...(isPassing ? { 'Retry-After': String(comeBackS) } : {}) },
    body: page(code.State, isPassing, language),
  };
}

async function find(slug: string, ports: DescribePorts): Promise<DescribedCode | undefined> {
  try {
    return await describeCode(ports, { by: 'Slug', value: slug }, null);
  } catch (error) {
    if (error instanceof QianmaError && error.code === 'NotFound') return undefined;
    throw error;
  }
}
