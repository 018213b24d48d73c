import { Failure, listed, type Problem } from '../errors.ts';

/** All that is wrong with the variables of a command, in one line: each problem's path is the variable's name. */
export function misconfigured(problems: readonly Problem[]): Failure {
  return new Failure('Misconfigured', { detail: listed(problems), problems });
}

export const isPort = (text: string) => /^\d{1,5}$/.test(text) && Number(text) <= 65_535;
export const portForm = { zh: '须为端口号，0 至 65535', en: 'must be a port, 0 to 65535' };
