import * as z from 'zod/mini';
import { cancelCode } from '../../../shared/codes/life/cancel-code.ts';
import { oneCode } from '../../../shared/codes/reading/code-key.ts';
import { speaking } from '../../open-upstream.ts';
import { showCode } from '../shown-code.ts';
import { tool } from '../tool.ts';
import { keyOf, whichCode, whichCodeTexts } from '../which-code.ts';

/** A code that is dead already fulfils the wish: to ask twice is to ask once. */
export const cancelCodeTool = tool({
  name: 'cancel_code',
  role: 'operator',
  isDestructive: true,
  title: { zh: '取消签署码', en: 'Cancel a code' },
  text: {
    zh: '永久终止一张签署码：其所有存活的二维码立即失效，不再续期，不能恢复；已发起的合同不受影响。只想暂时停用请用 change_code 的 Pause。请先得到用户确认。',
    en: 'Ends a code for good: every QR code of it that lives dies at once, none follows, and nothing brings it back; contracts that were started go on. To stop it for a time use Pause of change_code. Ask the user first.',
  },
  request: z.strictObject(whichCode).check(oneCode),
  members: whichCodeTexts,
  async run(which, call) {
    const { resources, caller, event } = call;
    // Of the register alone: who acts for a QR code of before is nothing that an agent should have to know.
    const { CodeId } = await showCode(resources, await keyOf(call, which), caller.scope);
    event.facts.codeId = CodeId;
    event.beginWork({ readOnly: false });
    const ports = { ...resources, register: resources.writes, upstream: speaking(resources.upstream, event) };
    const command = { key: { by: 'CodeId', value: CodeId } as const, ...caller };
    const cancelled = await cancelCode(ports, command, event.deadlineMs);
    if (cancelled.upstreamRequestId !== null) event.facts.upstreamRequestId = cancelled.upstreamRequestId;
    return {
      CodeId,
      AlreadyInvalid: cancelled.alreadyInvalid,
      CancelledQrCodeIds: cancelled.cancelledQrCodeIds,
    };
  },
});
