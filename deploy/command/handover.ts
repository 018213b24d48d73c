/**
 * The program of `npm run deploy` and the component are two bundles in one process, with the engine of Serverless Devs
 * between them: they meet here.
 */
import type { ExitCode } from '../../shared/shell/run-command.ts';
import type { Shell } from '../../shared/shell/shell.ts';

/** What the program hands to the component past the engine, and gets back. */
export interface Handover {
  /** The command line as it was typed. */
  readonly argv: readonly string[];
  /** Its `print` goes past the engine, which is silenced. */
  readonly shell: Shell;
  /** How the component ended; undefined where the engine never came to it. */
  exitCode?: ExitCode;
}

const way = Symbol.for('qianma.deploy.handover');
const meeting = globalThis as { [way]?: Handover };

/** Lays a handover ready; undefined takes it away. */
export function hand(handover: Handover | undefined): void {
  if (handover === undefined) delete meeting[way];
  else meeting[way] = handover;
}

/** What `npm run deploy` hands over; undefined under `s`. */
export const handover = (): Handover | undefined => meeting[way];
