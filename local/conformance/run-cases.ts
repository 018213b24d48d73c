import { type Place, places } from './base-requests.ts';
import type { Case } from './cases.ts';
import { type Expectation, expectationOf, isMet } from './expectation.ts';
import { requestOf } from './request-of.ts';

/** Whoever is asked: the emulator, or a host of Tencent's. */
export interface Target {
  /** What the account has; a living code is made for each case that is to cancel one. */
  having: Readonly<Record<Exclude<Place, 'QrCodeId'>, string>>;
  /** @returns the code of a refusal; undefined: it was accepted */
  call(action: string, body: object): Promise<string | undefined>;
  /** Makes a living code. @returns its id */
  makeCode(): Promise<string>;
  nowS(): number;
}

/** What became of one case. */
export interface Outcome {
  id: string;
  /** What is changed of the request that has every member; a member without a value is left out. */
  changes: readonly Change[];
  expected: Expectation;
  /** `ok`, or the code of the refusal. */
  answered: string;
  isMet: boolean;
}

interface Change {
  path: string;
  condition: string;
  value?: unknown;
}

/** Sends cases one after the other and compares each answer with what the documents say. */
export async function* runCases(cases: Iterable<Case>, target: Target): AsyncGenerator<Outcome> {
  let living: string | undefined;
  for (const one of cases) {
    const isCancel = one.action === 'ChannelCancelMultiFlowSignQRCode';
    if (isCancel) living ??= await target.makeCode();
    const nowS = target.nowS();
    const having = { ...target.having, QrCodeId: living ?? places.QrCodeId };
    const request = requestOf(one, having, nowS);
    const code = await target.call(one.action, request);
    // What was accepted has ended it.
    if (isCancel && code === undefined) living = undefined;
    const expected = expectationOf(one.action, request, { places: having, nowS });
    yield {
      id: one.id,
      changes: one.variants.map(({ path, ...change }) => ({ path: path.join('.'), ...change })),
      expected,
      answered: code ?? 'ok',
      isMet: isMet(expected, code),
    };
  }
}
