import { randomBytes } from 'node:crypto';

/** Names of the statements whose plans a server keeps for one connection. */
export interface PlanNames {
  /** Empty: it is not to be kept. `isNew`: the server has yet to parse it. */
  nameOf(text: string): { name: string; isNew: boolean };
  /** It is not known whether the server has it: it gets another name the next time. */
  forget(text: string): void;
  /** The server does not keep what it was given: a pooler in between may give each transaction another session. */
  giveUp(): void;
}

/** More than the statements that are worth it; beyond it, texts differ from call to call. */
const most = 50;

/** Connections that share a session, as those to the embedded database do, must not meet in a name. */
export function createPlanNames(session = randomBytes(6).toString('hex')): PlanNames {
  const names = new Map<string, string>();
  let made = 0;
  let isOff = false;
  return {
    nameOf(text) {
      const known = names.get(text);
      if (known !== undefined) return { name: known, isNew: false };
      if (isOff || names.size >= most) return { name: '', isNew: true };
      made += 1;
      const name = `qianma_${session}_${made}`;
      names.set(text, name);
      return { name, isNew: true };
    },
    forget: (text) => names.delete(text),
    giveUp() {
      isOff = true;
      names.clear();
    },
  };
}
