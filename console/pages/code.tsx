import { useCallback, useEffect, useState } from 'preact/hooks';
import type { Code } from '../api/answers.ts';
import { call } from '../api/call.ts';
import { asProblem, type CallProblem } from '../api/problem.ts';
import { nameOf } from '../parts/code/code-name.ts';
import { ContractList } from '../parts/code/contract-list.tsx';
import { StateTag } from '../parts/code/state-tag.tsx';
import { ProblemNote } from '../parts/problem-note.tsx';
import { hrefOf } from '../state/route.ts';
import { mayChange } from '../state/session.ts';
import { saidBy, say } from '../texts/say.ts';
import { ActBar } from './act-bar.tsx';
import { Details } from './code/details.tsx';
import { GatePreview } from './code/gate-preview.tsx';
import { Generations } from './code/generations.tsx';
import { NextSteps } from './code/next-steps.tsx';
import { Policy } from './code/policy.tsx';
import { StableLink } from './code/stable-link.tsx';
import { Timeline } from './code/timeline.tsx';
import { UseOverTime } from './code/use-over-time.tsx';

/** All about one code. */
export function CodePage({ codeId }: { codeId: string }) {
  const [code, setCode] = useState<Code>();
  const [problem, setProblem] = useState<CallProblem>();
  const load = useCallback(async () => {
    try {
      const { Codes } = await call(
        'DescribeMultiFlowSignQRCodes',
        { CodeId: codeId },
        { step: 'stepOpenCode' },
      );
      setCode(Codes[0]);
      setProblem(undefined);
    } catch (error) {
      setProblem(asProblem(error));
    }
  }, [codeId]);
  useEffect(() => void load(), [load]);

  return (
    <>
      <p>
        <a href={hrefOf(['codes'])}>← {say('codeBack')}</a>
      </p>
      <ProblemNote problem={problem} />
      {code === undefined ? (
        problem === undefined && <p aria-live="polite">{say('loading')}</p>
      ) : (
        <Loaded code={code} onChange={load} />
      )}
    </>
  );
}

function Loaded({ code, onChange }: { code: Code; onChange: () => Promise<void> }) {
  const { CodeId, Notice, Reason, State, Version } = code;
  return (
    <>
      <header class="title">
        <h1>{nameOf(code)}</h1>
        <StateTag state={State} />
        <p class="why">{saidBy(Reason)}</p>
      </header>
      {Notice && (
        <p class="note warn">
          <strong>{say('codeNotice')}</strong> {saidBy(Notice)}
        </p>
      )}
      {mayChange.value && State !== 'Cancelled' && (
        <ActBar codes={[code]} isAlone onDone={() => void onChange()} />
      )}
      <div class="columns">
        <div class="column">
          <NextSteps code={code} />
          <Details code={code} onChange={onChange} />
          <Policy code={code} onChange={onChange} />
        </div>
        <div class="column">
          <StableLink code={code} />
          <GatePreview code={code} />
        </div>
      </div>
      <UseOverTime code={code} />
      <section class="part">
        <h2>{say('contractsTitle')}</h2>
        <ContractList codeId={CodeId} />
      </section>
      <Generations code={code} />
      {/* What has just been changed is part of it. */}
      <Timeline key={Version} code={code} />
    </>
  );
}
