import { useRef, useState } from 'preact/hooks';
import type { Code } from '../api/answers.ts';
import { call, newIdempotencyKey } from '../api/call.ts';
import { asProblem, type CallProblem } from '../api/problem.ts';
import { nameOf } from '../parts/code/code-name.ts';
import { Dialog } from '../parts/dialog.tsx';
import { problemSentence } from '../parts/problem-note.tsx';
import { say } from '../texts/say.ts';

export type Act = 'Pause' | 'Resume' | 'RenewNow' | 'Cancel';

const steps = {
  Pause: 'stepPause',
  Resume: 'stepResume',
  RenewNow: 'stepRenewNow',
  Cancel: 'stepCancel',
} as const;

interface Outcome {
  code: Code;
  /** Undefined: it was done. */
  problem: CallProblem | undefined;
}

export interface ActDialogProps {
  act: Act;
  codes: readonly Code[];
  onClose: (isDone: boolean) => void;
}

/** Asks once, then does it to one code after the other, so that what has failed is known by name. */
export function ActDialog({ act, codes, onClose }: ActDialogProps) {
  const [outcomes, setOutcomes] = useState<readonly Outcome[]>([]);
  const [isRunning, setRunning] = useState(false);
  const isStopped = useRef(false);
  const failed = outcomes.filter(({ problem }) => problem !== undefined);
  const isOver = !isRunning && outcomes.length > 0;

  async function run(): Promise<void> {
    setRunning(true);
    const done: Outcome[] = [];
    for (const code of codes) {
      if (isStopped.current) break;
      done.push({ code, problem: await actOn(code, act) });
      setOutcomes([...done]);
    }
    setRunning(false);
  }

  return (
    <Dialog
      title={say(`actTitle_${act}`, { count: codes.length })}
      onClose={() => {
        isStopped.current = true;
        onClose(outcomes.length > 0);
      }}
    >
      <p>{say(`actHint_${act}`)}</p>
      <ul class="names">
        {codes.slice(0, 10).map((code) => (
          <li key={code.CodeId}>{nameOf(code)}</li>
        ))}
        {codes.length > 10 && <li>…</li>}
      </ul>
      {(isRunning || isOver) && (
        <>
          <progress value={outcomes.length} max={codes.length} aria-label={say(steps[act])} />
          <p role="status">
            {isOver
              ? say('actDone', { done: outcomes.length - failed.length, failed: failed.length })
              : say('actProgress', { done: outcomes.length, all: codes.length })}
          </p>
        </>
      )}
      {failed.length > 0 && (
        <ul class="note bad">
          {failed.map(({ code, problem }) => (
            <li key={code.CodeId}>
              {nameOf(code)}: {problem && problemSentence(problem)}
            </li>
          ))}
        </ul>
      )}
      <div class="buttons">
        {isOver ? (
          <button type="button" class="main" onClick={() => onClose(true)}>
            {say('close')}
          </button>
        ) : isRunning ? (
          <button
            type="button"
            onClick={() => {
              isStopped.current = true;
            }}
          >
            {say('actStop')}
          </button>
        ) : (
          <>
            <button type="button" onClick={() => onClose(false)}>
              {say('cancelDialog')}
            </button>
            <button type="button" class={act === 'Cancel' ? 'danger' : 'main'} onClick={() => void run()}>
              {say(`actGo_${act}`)}
            </button>
          </>
        )}
      </div>
    </Dialog>
  );
}

/** @returns why it was not done */
async function actOn({ CodeId, Version }: Code, act: Act): Promise<CallProblem | undefined> {
  const options = { step: steps[act], idempotencyKey: newIdempotencyKey() };
  try {
    if (act === 'Cancel') await call('ChannelCancelMultiFlowSignQRCode', { CodeId }, options);
    else await call('ModifyMultiFlowSignQRCode', { CodeId, Version, Operation: act }, options);
    return undefined;
  } catch (error) {
    return asProblem(error);
  }
}
