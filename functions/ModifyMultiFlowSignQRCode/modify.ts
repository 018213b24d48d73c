import type * as z from 'zod/mini';
import { codeKeyOf } from '../../shared/codes/code-key.ts';
import { type DescribePorts, describeChanged } from '../../shared/codes/describe-codes.ts';
import { type ModifyPorts, modifyCode } from '../../shared/codes/modify-code.ts';
import type { Principal } from '../../shared/runtime/api-keys.ts';
import type { request } from './request.ts';

/** From a checked request to the code as it is afterwards. */
export async function modify(
  asked: z.output<typeof request>,
  ports: ModifyPorts & DescribePorts,
  principal: Principal,
) {
  const { Version, RenewalPolicy, ExternalId, Labels, Note, Operation, ...ids } = asked;
  const code = await modifyCode(ports, {
    key: codeKeyOf(ids),
    scope: principal.organizations,
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
