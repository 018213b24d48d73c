import type { ShownText } from '../../shared/text.ts';
import type { TextKey } from '../texts/dictionary.ts';
import { gateUrl } from './function-url.ts';
import { membersOf, send } from './send.ts';

/** What a phone is shown at a stable link. */
export type AtGate =
  | { Leads: true }
  | {
      Leads: false;
      State: string;
      Name: string | null;
      Organization: string | null;
      Sign: 'wait' | 'pause' | 'stop';
      Title: ShownText;
      Next: ShownText;
      Ask: ShownText;
    };

/**
 * Asks what a phone is shown now. Everybody may ask that, so that no key is sent; it follows nothing and counts as no scan.
 *
 * @throws CallProblem; an `AbortError` where the caller has aborted it
 */
export function lookAtGate(slug: string, options: { step: TextKey; signal: AbortSignal }): Promise<AtGate> {
  return send(
    {
      action: 'stable-link',
      url: gateUrl(slug),
      method: 'GET',
      read: async (response) => (await membersOf(response)) as unknown as AtGate, // what the function writes
    },
    { ...options, key: null },
  );
}
