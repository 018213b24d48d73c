import type { Text } from '../../../shared/text.ts';
import type { Emulator } from '../emulator.ts';

/** Where the control plane begins. */
export const controlPrefix = '/_emulator';

/** What a route gets: the query, and the body as JSON, which is `undefined` where there was none. */
interface ControlInput {
  query: Readonly<Record<string, string>>;
  body: unknown;
}

/** One thing that the control plane can do. */
export interface ControlRoute {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Below `/_emulator/`. */
  path: string;
  summary: Text;
  /** Of a body, or of a query. */
  example?: string;
  /**
   * The answer, as JSON, or the promise of one.
   * @throws {Failure}
   */
  handle(emulator: Emulator, input: ControlInput): unknown;
}
