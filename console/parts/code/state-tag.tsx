import type { CodeState } from '../../../shared/codes/code.ts';
import { say } from '../../texts/say.ts';

const moods = {
  Creating: 'calm',
  Active: 'good',
  Paused: 'calm',
  QuotaBlocked: 'warn',
  Exhausted: 'warn',
  Expired: 'warn',
  Failed: 'bad',
  OutcomeUnknown: 'bad',
  Cancelled: 'calm',
} as const satisfies Record<CodeState, Mood>;

export type Mood = 'good' | 'warn' | 'bad' | 'calm';

// The keys of an object of that type.
export const allStates = Object.keys(moods) as readonly CodeState[];

/** A word on a colour; the word says all. */
export function Tag({ mood, children }: { mood: Mood; children: string }) {
  return <span class={`tag ${mood}`}>{children}</span>;
}

export function StateTag({ state }: { state: CodeState }) {
  return <Tag mood={moods[state]}>{say(`state_${state}`)}</Tag>;
}
