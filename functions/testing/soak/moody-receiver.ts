import { type Answer, type Receiver, say, startReceiver } from '../../../shared/delivery/testing/receiver.ts';
import type { Mood } from './beat-plan.ts';

/** A system of a user's that is not always well. */
export interface MoodyReceiver extends Receiver {
  setMood(mood: Mood): void;
}

const reset: Answer = (response) => void response.socket?.destroy();
const slowMs = 1_500;

const answers: Readonly<Record<Mood, Answer>> = {
  well: say(204),
  refuses: say(503),
  'asks to wait': say(429, { 'retry-after': '90' }),
  resets: reset,
  // It has the event, and nobody knows that it has: what it says is cut off amid a line.
  'takes and resets': (response) => {
    response.socket?.write('HTTP/1.1 20', () => response.socket?.destroy());
  },
  slow: (response, received) => void setTimeout(() => say(204)(response, received), slowMs),
  hangs: () => undefined,
};

export async function startMoodyReceiver(): Promise<MoodyReceiver> {
  const receiver = await startReceiver();
  return Object.assign(receiver, {
    setMood(mood: Mood) {
      receiver.answer = answers[mood];
    },
  });
}
