import type { Config, VariableName } from '../../shared/runtime/config.ts';
import type { Text } from '../../shared/text.ts';
import type { Examination } from './examination.ts';

/** `warn`: it works, and something should be done all the same. `skipped`: nothing can be said. */
type Outcome = 'ok' | 'warn' | 'fail' | 'skipped';

/** What one check has found. */
export interface Finding {
  outcome: Outcome;
  /** What is so. Never a secret. */
  text: Text;
  /** What to do about it, where something is to be done. */
  remedy?: Text;
}

/** One line of the report. */
export interface Check<Name extends VariableName = VariableName> {
  /** Stable: programs read it. */
  id: string;
  /** Checks that must have gone well, or nothing can be learned from this one. They come before it. */
  needs: readonly string[];
  /** Variables that it reads. Where one cannot be used the check is skipped. */
  variables: readonly Name[];
  /** @throws what it did not foresee, which becomes a `fail` */
  run(config: Config<Name>, examination: Examination): Promise<Finding>;
}

export const ok = (text: Text): Finding => ({ outcome: 'ok', text });
export const warn = (text: Text, remedy: Text): Finding => ({ outcome: 'warn', text, remedy });
export const fail = (text: Text, remedy: Text): Finding => ({ outcome: 'fail', text, remedy });
export const skipped = (text: Text): Finding => ({ outcome: 'skipped', text });
