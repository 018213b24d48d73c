import type { ApiAction, CloudService } from './cloud-service.ts';
import { typed } from './flat-parameters.ts';
import { type Found, found } from './outcome.ts';
import { type Violation, violationsOf } from './violation.ts';

const precedence: readonly Violation['kind'][] = ['missing', 'unknown', 'type', 'value'];

/**
 * A request as the schema of its action reads it, or the refusal of it; `isText` where all its values are texts. Upstream names one thing that is wrong; so does this,
 * and leaves the rest to the reason in the journal.
 */
export function parseRequest<A extends ApiAction>(
  { refuseMember }: Pick<CloudService<A>, 'refuseMember'>,
  action: A,
  asked: unknown,
  isText: boolean,
): Found<unknown> {
  const value = isText ? typed(action.request, asked) : asked;
  const parsed = action.request.safeParse(value);
  if (parsed.success) return found(parsed.data);
  const violations = violationsOf(parsed.error.issues, value);
  const [first] = precedence.flatMap((kind) => violations.filter((violation) => violation.kind === kind));
  if (first === undefined) throw new TypeError('A schema refused a request without saying why');
  const reason = violations.map((one) => `${one.path || 'the body'} ${one.text.en}`).join('; ');
  return refuseMember(action, first, reason);
}

/** What is wrong with a member, in the words of a refusal. */
export const memberDetail = ({ path, text }: Violation) => ({
  zh: `${path || '请求体'} ${text.zh}`,
  en: `${path || 'the body'} ${text.en}`,
});
