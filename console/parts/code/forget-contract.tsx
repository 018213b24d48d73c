import type { Answers } from '../../api/answers.ts';
import { call, newIdempotencyKey } from '../../api/call.ts';
import { useDoing } from '../../api/use-doing.ts';
import { say } from '../../texts/say.ts';
import { SureDialog } from '../sure-dialog.tsx';

export interface ForgetContractProps {
  flowId: string;
  onForgotten: (answer: Answers['ForgetContract']) => void;
  onClose: () => void;
}

/** Takes away what is kept of one person's contract, after it has said what that is and what stays. */
export function ForgetContract({ flowId, onForgotten, onClose }: ForgetContractProps) {
  const doing = useDoing();
  const forget = () =>
    doing.run(async () => {
      const options = { step: 'stepForget', idempotencyKey: newIdempotencyKey() } as const;
      onForgotten(await call('ForgetContract', { FlowId: flowId }, options));
    });
  return (
    <SureDialog
      title={say('forgetSure')}
      go={say('forget')}
      doing={doing}
      onGo={() => void forget()}
      onClose={onClose}
    >
      <p>
        <code class="id">{flowId}</code>
      </p>
      <h3>{say('forgetTakes')}</h3>
      <ul class="points">
        <li>{say('forgetContent')}</li>
        <li>{say('forgetTimes')}</li>
        <li>{say('forgetEvents')}</li>
      </ul>
      <h3>{say('forgetStays')}</h3>
      <ul class="points">
        <li>{say('forgetCount')}</li>
        <li>{say('forgetAudit')}</li>
        <li>{say('forgetElsewhere')}</li>
      </ul>
      <p class="note warn">{say('forgetForGood')}</p>
    </SureDialog>
  );
}
