import type * as z from 'zod/mini';
import { codeKeyOf } from '../../shared/codes/code-key.ts';
import { type DescribePorts, describeChanged } from '../../shared/codes/describe-codes.ts';
import { type ModifyPorts, modifyCode } from '../../shared/codes/modify-code.ts';
import type { Principal } from '../../shared/runtime/api-keys.ts';
import { scopeOf } from '../../shared/runtime/scope.ts';
import type { request } from './request.ts';

/** From a checked request to the code as it is afterwards. */
export async function modify(
  asked: z.output<typeof request>,
  ports: ModifyPorts & DescribePorts,
  { principal, config }: { principal: Principal; config: { readonly ESS_APP_ID: string } },
) {
  const { Version, RenewalPolicy, ExternalId, Labels, Note, Operation, ...ids } = asked;
  const scope = scopeOf(principal, config.ESS_APP_ID);
  const code = await modifyCode(ports, {
    key: codeKeyOf(ids),
    scope,
    version: Version,
    ...(RenewalPolicy !== undefined && { policy: RenewalPolicy }),
    members: {
      ...(ExternalId !== undefined && { externalId: ExternalId }),
      ...(Labels !== undefined && { labels: Labels }),
      ...(Note !== undefined && { note: Note }),
    },
    ...(Operation !== undefined && { operation: Operation }),
    actor: `key:${principal.keyId}`,
  });
  return describeChanged(ports, code);
}
