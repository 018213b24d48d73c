import type { Code } from '../../api/answers.ts';
import { say, time } from '../../texts/say.ts';

/** When something will be used up, and how sure that is. */
export function Forecast({ forecast }: { forecast: Code['Forecast'] }) {
  if (forecast === null) return <span class="small">{say('forecastNone')}</span>;
  const { UsedUpOn, Earliest, Latest } = forecast;
  return (
    <>
      {say('forecastOn', { time: time(UsedUpOn) })}{' '}
      <span class="small">
        {Latest === null
          ? say('forecastNotBefore', { from: time(Earliest) })
          : say('forecastBetween', { from: time(Earliest), to: time(Latest) })}
      </span>
    </>
  );
}
