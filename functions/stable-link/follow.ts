import { notFound } from '../../shared/codes/cancel-code.ts';
import { type DescribePorts, describeCode } from '../../shared/codes/describe-codes.ts';
import type { Answer } from '../../shared/runtime/http-handler.ts';
import type { Language } from '../../shared/runtime/language.ts';
import { page, pageHeaders } from './page.ts';

/** While people may hope that a code works again soon, they are told to come back. Seconds. */
const comeBackS = 60;

/** States that end by themselves, or by a person who tops up or resumes. */
const passing = new Set(['Active', 'Creating', 'Exhausted', 'Expired', 'Paused', 'QuotaBlocked']);

/**
 * Where a stable link leads: to the signing page of the current generation, or to a page that says why it does not.
 *
 * @throws Failure `NotFound`; what the register throws
 */
export async function follow(path: string, ports: DescribePorts, language: Language): Promise<Answer> {
  const slug = /\/([1-9A-HJ-NP-Za-km-z]{12})\/?$/.exec(path)?.[1];
  if (slug === undefined) throw notFound();
  const code = await describeCode(ports, { by: 'Slug', value: slug }, null);
  const [current] = code.Generations;
  if (current !== undefined && code.Usable && (code.State === 'Active' || code.State === 'Failed'))
    return { status: 302, headers: { Location: current.HttpSignUrl }, body: '' };
  const isPassing = passing.has(code.State) && (code.State !== 'Expired' || code.Renewal.NextOn !== null);
  return {
    status: isPassing ? 503 : 410,
    headers: { ...pageHeaders, ...(isPassing ? { 'Retry-After': String(comeBackS) } : {}) },
    body: page(code.State, isPassing, language),
  };
}
