import { number, say } from '../../texts/say.ts';

export interface UseBarProps {
  used: number;
  max: number;
  /** How sure the number is. */
  sure: string;
}

/** How much of a limit is used: the numbers, and a bar for the eye. */
export function UseBar({ used, max, sure }: UseBarProps) {
  const percent = max === 0 ? 0 : Math.min(100, (used / max) * 100);
  const fill = percent >= 100 ? 'bad' : percent >= 90 ? 'warn' : 'good';
  return (
    <div class="use">
      <span>
        {sure === 'AtLeast' && `${say('useAtLeast')} `}
        {sure === 'Unknown' && used === 0
          ? `${say('useUnknown')} / ${number(max)}`
          : say('useOf', { used: number(used), max: number(max) })}
      </span>
      <span class="bar" aria-hidden="true">
        <span class={fill} style={{ width: `${percent}%` }} />
      </span>
    </div>
  );
}
