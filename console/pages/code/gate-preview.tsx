import { useEffect, useState } from 'preact/hooks';
import type { Code } from '../../api/answers.ts';
import { type AtGate, lookAtGate } from '../../api/gate.ts';
import { asProblem, type CallProblem } from '../../api/problem.ts';
import { ProblemNote } from '../../parts/problem-note.tsx';
import { language } from '../../state/preferences.ts';
import { say } from '../../texts/say.ts';

/** What who scans the poster sees now: the words of the page at the gate, or that it leads to the signing. */
export function GatePreview({ code: { Slug, Version } }: { code: Code }) {
  const [found, setFound] = useState<AtGate>();
  const [problem, setProblem] = useState<CallProblem>();
  const [turn, setTurn] = useState(0);

  useEffect(() => {
    void [Version, turn];
    const abort = new AbortController();
    lookAtGate(Slug, { step: 'stepPreview', signal: abort.signal }).then(
      (answer) => {
        setFound(answer);
        setProblem(undefined);
      },
      (error: unknown) => !abort.signal.aborted && setProblem(asProblem(error)),
    );
    return () => abort.abort();
  }, [Slug, Version, turn]);

  return (
    <section class="card">
      <h2>{say('previewTitle')}</h2>
      <p class="small">{say('previewHint')}</p>
      <ProblemNote problem={problem} />
      {found !== undefined && (
        <div class="phone">{found.Leads ? <p>{say('previewLeads')}</p> : <Shown page={found} />}</div>
      )}
      <div class="buttons start">
        <button type="button" class="quiet" onClick={() => setTurn((before) => before + 1)}>
          {say('reload')}
        </button>
      </div>
    </section>
  );
}

const tags = { Zh: 'zh-CN', En: 'en' } as const;

/** In both languages, as there: first in the one that is read here. */
function Shown({ page }: { page: AtGate & { Leads: false } }) {
  const { Name, Organization, Sign, Title, Next, Ask } = page;
  return (
    <>
      {(Name !== null || Organization !== null) && (
        <div class="phone-head">
          {Name !== null && <strong>{Name}</strong>}
          {Organization !== null && <span class="small">{Organization}</span>}
        </div>
      )}
      {(language.value === 'zh' ? (['Zh', 'En'] as const) : (['En', 'Zh'] as const)).map((one) => (
        <div key={one} lang={tags[one]} class={`phone-text ${Sign}`}>
          <strong>{Title[one]}</strong>
          <p>{Next[one]}</p>
          <p>{Ask[one]}</p>
        </div>
      ))}
    </>
  );
}
