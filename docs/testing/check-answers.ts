import { actionMembers } from '../members/actions.ts';
import type { Members } from '../members/members.ts';
import { structs } from '../members/structs.ts';

/** Compares answers with what is documented of them, and keeps what was seen of each struct. */
export function createAnswerCheck() {
  const problems: string[] = [];
  /** `Code.State`: it has been there. */
  const seen = new Set<string>();

  function checkMembers(where: string, members: Members, value: object): void {
    for (const name of Object.keys(value)) {
      if (!Object.hasOwn(members, name)) problems.push(`${where}.${name} is not documented`);
    }
    for (const [name, { type }] of Object.entries(members)) {
      const [, kind = '', list, optional] = /^(\w+)(\[\])?(\?)?$/.exec(type) ?? [];
      const given: unknown = Reflect.get(value, name);
      const path = `${where}.${name}`;
      if (Object.hasOwn(value, name)) seen.add(path);
      if (given === undefined || given === null) {
        if (optional === undefined) problems.push(`${path} is ${given}, and documented as ${type}`);
        continue;
      }
      if (list === undefined) checkKind(path, kind, given);
      else if (!Array.isArray(given)) problems.push(`${path} is no list`);
      else for (const item of given) checkKind(path, kind, item);
    }
  }

  function checkKind(path: string, kind: string, value: unknown): void {
    const isRight: Readonly<Record<string, () => boolean>> = {
      string: () => typeof value === 'string',
      boolean: () => typeof value === 'boolean',
      integer: () => Number.isInteger(value),
      number: () => typeof value === 'number',
      time: () => Number.isInteger(value) && Number(value) > 1_600_000_000,
    };
    if (isRight[kind]?.() === false)
      problems.push(`${path} is ${JSON.stringify(value)}, and documented as ${kind}`);
    const struct = Object.entries(structs).find(([name]) => name === kind);
    if (struct === undefined) return;
    if (typeof value === 'object' && value !== null) checkMembers(kind, struct[1], value);
    else problems.push(`${path} is no ${kind}`);
  }

  return {
    problems,
    /** @param others members that are upstream's */
    check(action: string, answer: object, others: readonly string[] = []): void {
      const own = Object.entries(answer).filter(([name]) => name !== 'RequestId' && !others.includes(name));
      const { answer: members = {} } = actionMembers[action] ?? {};
      if (members === structs.Code) checkMembers('Code', structs.Code, Object.fromEntries(own));
      else checkMembers(action, members, Object.fromEntries(own));
    },
    /** The answer to a `DryRun`. */
    checkDryRun(action: string, answer: object): void {
      const own = Object.entries(answer).filter(([name]) => name !== 'RequestId');
      checkMembers(`${action}.DryRun`, actionMembers[action]?.dryAnswer ?? {}, Object.fromEntries(own));
    },
    checkStruct: (name: keyof typeof structs, value: object) => checkMembers(name, structs[name], value),
    /** What is documented and was never there. */
    unseen(): string[] {
      const answers = Object.entries(actionMembers)
        .filter(([, { answer }]) => answer !== structs.Code)
        .flatMap(([action, { answer }]) => Object.keys(answer).map((name) => `${action}.${name}`));
      const members = Object.entries(structs)
        .filter(([struct]) => struct !== 'RotateSecret')
        .flatMap(([struct, fields]) => Object.keys(fields).map((name) => `${struct}.${name}`));
      return [...answers, ...members].filter((path) => !path.includes('[]') && !seen.has(path));
    },
  };
}
