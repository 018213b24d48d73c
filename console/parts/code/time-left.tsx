import { now } from '../../state/now.ts';
import { duration, say, time } from '../../texts/say.ts';

/** A point in time, readable and exact. Unix seconds. */
export function Time({ atS }: { atS: number }) {
  return <time dateTime={new Date(atS * 1000).toISOString()}>{time(atS)}</time>;
}

/** How long something still lives, and until when. Unix seconds; null: it has no end that is known. */
export function TimeLeft({ untilS }: { untilS: number | null }) {
  if (untilS === null) return <span>–</span>;
  const leftS = untilS - now.value;
  const isSoon = leftS < 86_400;
  return (
    <span class={leftS > 0 && isSoon ? 'soon whole' : 'whole'}>
      {leftS > 0 ? duration(leftS) : say('ended')}{' '}
      <span class="small">
        <Time atS={untilS} />
      </span>
    </span>
  );
}
