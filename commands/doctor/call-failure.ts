import { TransportError, UpstreamError } from '../../shared/errors.ts';
import { errorCodeTitle } from '../../shared/essbasic/error-codes.ts';
import { errorDocs } from '../../shared/essbasic/error-docs.ts';
import type { Text } from '../../shared/text.ts';
import { type Finding, fail } from './check.ts';
import { reasonOf } from './run-checks.ts';

/** Is it the signature that upstream refuses, or what the account may do, and not what is asked for? */
export function refusesCredentials(error: unknown): boolean {
  return (
    error instanceof UpstreamError && /^(AuthFailure|UnauthorizedOperation$|IpNot|IpIn)/.test(error.code)
  );
}

/** A failed call as a finding: upstream's code, and what the documentation of that code says to do. */
export function callFailure(error: unknown): Finding {
  if (error instanceof UpstreamError) {
    const { code, upstreamRequestId } = error;
    const title = errorCodeTitle(code);
    const id = upstreamRequestId === '' ? '' : ` [${upstreamRequestId}]`;
    return fail(
      { en: `${title.en} (${code})${id}`, zh: `${title.zh}（${code}）${id}` },
      remedyOf(code) ?? { en: 'See docs/errors.md', zh: '见 docs/errors.zh-CN.md' },
    );
  }
  if (error instanceof TransportError) {
    const reason = reasonOf(error);
    return fail(
      { en: `The call did not come through: ${reason.en}`, zh: `调用未成功：${reason.zh}` },
      {
        en: 'Check the way out of the network, and ESS_ENDPOINT; then run this again',
        zh: '检查出网线路与 ESS_ENDPOINT 后重试',
      },
    );
  }
  throw error;
}

/** A code that is not documented counts as its prefix before the dot. */
function remedyOf(code: string): Text | undefined {
  const docs: Readonly<Record<string, { remedy: Text } | undefined>> = errorDocs;
  const known = [code, code.split('.')[0] ?? ''].find((one) => Object.hasOwn(errorDocs, one));
  return known === undefined ? undefined : docs[known]?.remedy;
}
