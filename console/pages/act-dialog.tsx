import { useRef, useState } from 'preact/hooks';
import type { Batch, Code } from '../api/answers.ts';
import { call, newIdempotencyKey } from '../api/call.ts';
import { useDoing } from '../api/use-doing.ts';
import { BatchProgress } from '../parts/code/batch-progress.tsx';
import { nameOf } from '../parts/code/code-name.ts';
import { Dialog } from '../parts/dialog.tsx';
import { ProblemNote } from '../parts/problem-note.tsx';
import { say } from '../texts/say.ts';

export type Act = 'Pause' | 'Resume' | 'RenewNow' | 'Cancel';

const steps = {
  Pause: 'stepPause',
  Resume: 'stepResume',
  RenewNow: 'stepRenewNow',
  Cancel: 'stepCancel',
} as const;

export interface ActDialogProps {
  act: Act;
  codes: readonly Code[];
  onClose: (isDone: boolean) => void;
}

/** Asks once. One code is done at once; several are a batch, which goes on also when nobody looks at it. */
export function ActDialog({ act, codes, onClose }: ActDialogProps) {
  const { isBusy, problem, run } = useDoing();
  const [batch, setBatch] = useState<Batch>();
  /** The same for every try, so that a batch is never begun twice. */
  const idempotencyKey = useRef(newIdempotencyKey());
  const [only, ...others] = codes;

  async function go(): Promise<void> {
    const options = { step: steps[act], idempotencyKey: idempotencyKey.current };
    const isDone = await run(async () => {
      if (only !== undefined && others.length === 0) {
        await actOn(only, act, options);
      } else {
        const CodeIds = codes.map(({ CodeId }) => CodeId);
        setBatch(await call('BatchModifyMultiFlowSignQRCode', { Operation: act, CodeIds }, options));
      }
    });
    if (isDone && others.length === 0) onClose(true);
  }

  return (
    <Dialog
      title={batch === undefined ? question(act, codes) : say(steps[act])}
      onClose={() => onClose(batch !== undefined)}
    >
      {batch === undefined ? (
        <>
          <p>{say(`actHint_${act}`)}</p>
          {others.length > 0 && (
            <ul class="names">
              {codes.slice(0, 10).map((code) => (
                <li key={code.CodeId}>{nameOf(code)}</li>
              ))}
              {codes.length > 10 && <li>…</li>}
            </ul>
          )}
          <ProblemNote problem={problem} />
          <div class="buttons">
            <button type="button" onClick={() => onClose(false)}>
              {say('cancelDialog')}
            </button>
            <button
              type="button"
              class={act === 'Cancel' ? 'danger' : 'main'}
              disabled={isBusy}
              onClick={() => void go()}
            >
              {say(`actGo_${act}`)}
            </button>
          </div>
        </>
      ) : (
        <>
          <BatchProgress begun={batch} names={new Map(codes.map((code) => [code.CodeId, nameOf(code)]))} />
          <div class="buttons">
            <button type="button" class="main" onClick={() => onClose(true)}>
              {say('close')}
            </button>
          </div>
        </>
      )}
    </Dialog>
  );
}

function question(act: Act, codes: readonly Code[]): string {
  const [first, second] = codes;
  return first !== undefined && second === undefined
    ? say(`actOne_${act}`, { name: nameOf(first) })
    : say(`actTitle_${act}`, { count: codes.length });
}

type ActOptions = { step: (typeof steps)[Act]; idempotencyKey: string };

/** The version that is seen is named, so that a change by somebody else is not lost. */
async function actOn({ CodeId, Version }: Code, act: Act, options: ActOptions): Promise<void> {
  if (act === 'Cancel') await call('ChannelCancelMultiFlowSignQRCode', { CodeId }, options);
  else await call('ModifyMultiFlowSignQRCode', { CodeId, Version, Operation: act }, options);
}
