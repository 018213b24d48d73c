import type { Code } from '../../api/answers.ts';
import { Forecast } from '../../parts/code/forecast.tsx';
import { UseBar } from '../../parts/code/use-bar.tsx';
import { Facts } from '../../parts/facts.tsx';
import { now } from '../../state/now.ts';
import { duration, number, saidBy, say, time } from '../../texts/say.ts';

/** How far a code is, and what will happen to it and when. */
export function NextSteps({ code }: { code: Code }) {
  const {
    Used,
    MaxFlowNum,
    Use,
    ContractsCommitted,
    GenerationsMade,
    PossibleOrphans,
    Renewal,
    Forecast: Forecasted,
  } = code;
  return (
    <section class="card">
      <h2>{say('codeNextTitle')}</h2>
      <ul class="plain">
        {sentencesOf(code).map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
        {Renewal.Failures > 0 && (
          <li class="warn-text">{say('codeFailures', { count: Renewal.Failures })}</li>
        )}
      </ul>
      <div>
        <p class="small">{say('codeUseNow')}</p>
        <UseBar used={Used} max={MaxFlowNum} sure={Use.Sure} />
        <p class="small">{saidBy(Use.Reason)}</p>
      </div>
      <Facts
        facts={[
          [say('forecast'), <Forecast key="forecast" forecast={Forecasted} />],
          [say('codeGenerationsMade'), say('codeGenerationsCount', { count: number(GenerationsMade) })],
          [say('codeUseAll'), number(ContractsCommitted)],
          [say('codeOrphans'), PossibleOrphans > 0 && number(PossibleOrphans)],
        ]}
      />
    </section>
  );
}

function sentencesOf({ State, ExpiredTime, Renewal: { NextOn, Reason } }: Code): string[] {
  if (State === 'Cancelled') return [say('codeNextNone', { why: say('state_Cancelled') })];
  const nowS = now.value;
  const ends =
    ExpiredTime !== null && ExpiredTime > nowS ? [say('codeNextEnds', { time: time(ExpiredTime) })] : [];
  if (NextOn === null) return [say('codeNextNone', { why: Reason ? saidBy(Reason) : '–' }), ...ends];
  if (Reason !== null) return [say('codeNextWaits', { time: time(NextOn), why: saidBy(Reason) }), ...ends];
  if (NextOn <= nowS) return [say('codeNextNow'), ...ends];
  return [say('codeNextRenewal', { time: time(NextOn), left: duration(NextOn - nowS) }), ...ends];
}
