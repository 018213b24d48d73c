import { randomBytes } from 'node:crypto';
import type { KeptPlan } from '../wire/flights.ts';

/** The statements whose plans a server keeps for one connection. */
export interface Plans {
  /** Undefined: it is not to be kept. */
  planOf(text: string): KeptPlan | undefined;
  /** A flight has failed: what the server has not said anything of it may not have, and gets another name the next time. */
  forgetUnanswered(): void;
  /** The server does not keep what it was given. */
  giveUp(): void;
}

/** More than the statements that are worth it; beyond it, texts differ from call to call. */
const most = 50;

/** Connections that share a session, as those to the embedded database do, must not meet in a name. */
export function createPlans(session = randomBytes(6).toString('hex')): Plans {
  const plans = new Map<string, KeptPlan>();
  let made = 0;
  let isOff = false;
  return {
    planOf(text) {
      const known = plans.get(text);
      if (known !== undefined || isOff || plans.size >= most) return known;
      made += 1;
      const plan = { name: `qianma_${session}_${made}`, isSent: false, columns: undefined };
      plans.set(text, plan);
      return plan;
    },
    forgetUnanswered() {
      for (const [text, { columns }] of plans) if (columns === undefined) plans.delete(text);
    },
    giveUp() {
      isOff = true;
      plans.clear();
    },
  };
}
