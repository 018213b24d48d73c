import * as z from 'zod/mini';
import { actingOf } from '../../shared/codes/code.ts';
import { cancelCode } from '../../shared/codes/life/cancel-code.ts';
import { codeIds, findCodeKey, oneCode } from '../../shared/codes/reading/code-key.ts';
import {
  ChannelCancelMultiFlowSignQRCode,
  request as upstreamRequest,
} from '../../shared/essbasic/ChannelCancelMultiFlowSignQRCode.ts';
import { Agent } from '../../shared/essbasic/structs/Agent.ts';
import { externalIds } from '../../shared/store/register/register-reads.ts';
import { registerWrites } from '../../shared/store/register/register-transactions.ts';
import { upstreamVariables } from '../../shared/upstream/upstream-variables.ts';
import { defined } from '../../shared/world.ts';
import { action } from '../action.ts';
import { openUpstream, speaking } from '../open-upstream.ts';

const ExternalId = z.optional(z.string().check(z.minLength(1), z.maxLength(128)));

/** Ends a code for good, with every generation that lives. A code that is dead already fulfils the wish. */
export const main_handler = action({
  name: ChannelCancelMultiFlowSignQRCode.name,
  role: 'operator',
  /**
   * Upstream's request, whose `QrCodeId` may be any other id that people have of a code. Who acts is known for a code
   * of the register; for a QR code that was made before there was one, `Agent` has to say it.
   */
  request: z.extend(upstreamRequest, { Agent, ...codeIds, ExternalId }).check(oneCode),
  needs: upstreamVariables,
  open: ({ config, db, thawed }) => ({
    register: registerWrites(db),
    externalIds: externalIds(db),
    upstream: openUpstream(config, { db, thawed }, 'interactive'),
  }),
  async run(event) {
    const { resources, caller, deadlineMs, facts } = event;
    const { Agent, ...ids } = event.input;
    const ports = { ...resources, upstream: speaking(resources.upstream, event) };
    const key = await findCodeKey(resources.externalIds, ids, caller.scope);
    const command = { key, ...defined({ acting: actingOf(Agent) }), ...caller };
    const cancelled = await cancelCode(ports, command, deadlineMs);
    if (cancelled.upstreamRequestId !== null) facts.upstreamRequestId = cancelled.upstreamRequestId;
    return {
      CodeId: cancelled.code?.codeId ?? null,
      AlreadyInvalid: cancelled.alreadyInvalid,
      CancelledQrCodeIds: cancelled.cancelledQrCodeIds,
    };
  },
});
