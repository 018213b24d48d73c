import type { SeededRandom } from '../../../local/cloud-api/seeded-random.ts';
import { TransportError, UpstreamError } from '../../errors.ts';
import type { Action, RequestOf } from '../../essbasic/action.ts';
import { inLanguage } from '../../text.ts';
import { readAnswer } from '../../upstream/read-answer.ts';
import type { Upstream, UpstreamAnswer, UpstreamCall } from '../ports.ts';

type Json = null | boolean | number | string | Json[] | { [name: string]: Json };

/** What upstream did in one call, and what could be known of it by the answer. */
export interface VariedCall {
  action: string;
  /** Of the request, where it has one. */
  flowName: string | undefined;
  /** As it left upstream; undefined where the answer was varied so that it did not come. */
  requestId: string | undefined;
  /** An answer came as a whole, and did not name the code that it had made. */
  isNameless: boolean;
}

/**
 * Upstream whose answers are hardly ever as documented: each member may be missing, null, of another type or out of
 * range, unknown ones are added, the status is another, the body is cut off. What the call does is done all the same.
 * The answers are read as production reads them.
 */
export function createVariedUpstream(inner: Upstream, random: SeededRandom) {
  const calls: VariedCall[] = [];
  const state = { isVaried: true };

  const upstream: Upstream = {
    async call<A extends Action>(
      action: A,
      request: RequestOf<A>,
      call: UpstreamCall,
    ): Promise<UpstreamAnswer<A>> {
      const answer = await answered(() => inner.call(action, request, call));
      if (!state.isVaried) return inRead(action, 200, JSON.stringify(answer));
      const requestId = requestIdOf(answer);
      const { status, body } = varied(answer, random);
      const came = body.includes(`"RequestId":"${requestId}"`) ? requestId : undefined;
      const { FlowName } = request as { FlowName?: string }; // of a create alone
      const noted = { action: action.name, flowName: FlowName, requestId: came, isNameless: false };
      calls.push(noted);
      try {
        return inRead(action, status, body);
      } catch (error) {
        noted.isNameless = error instanceof TransportError && error.problems.length > 0;
        throw error;
      }
    },
  };
  return { upstream, calls, state };
}

/** Upstream whose answers are altered on their way, and read as production reads them. */
export function alteredUpstream(
  inner: Upstream,
  alter: (answer: { [name: string]: Json }) => { status?: number; body: string },
): Upstream {
  return {
    async call(action, request, call) {
      const { status = 200, body } = alter(await answered(() => inner.call(action, request, call)));
      return inRead(action, status, body);
    },
  };
}

function inRead<A extends Action>(action: A, status: number, body: string): UpstreamAnswer<A> {
  return readAnswer(action, { kind: 'answered', status, body: Buffer.from(body) }, (text) => text);
}

/** What goes over the wire for what the double answers. */
async function answered(
  call: () => Promise<{ response: unknown; requestId: string }>,
): Promise<{ [name: string]: Json }> {
  try {
    const { response, requestId } = await call();
    return { Response: { ...(response as { [name: string]: Json }), RequestId: requestId } }; // JSON of the double
  } catch (error) {
    if (!(error instanceof UpstreamError)) throw error;
    const { code, detail = '', upstreamRequestId = '' } = error;
    const Message = inLanguage(detail, 'en');
    return { Response: { Error: { Code: code, Message }, RequestId: upstreamRequestId } };
  }
}

function requestIdOf(answer: { [name: string]: Json }): string {
  const response = answer['Response'];
  const id = isObject(response) ? response['RequestId'] : undefined;
  return typeof id === 'string' ? id : '';
}

/** From an untouched answer to one of which little is left. */
function varied(answer: Json, random: SeededRandom): { status: number; body: string } {
  const copy = structuredClone(answer);
  const changes = random.integer(4);
  for (let i = 0; i < changes; i++) vary(copy, random);
  const text = JSON.stringify(copy);
  const isCut = random.integer(20) === 0;
  // By these statuses a create was not carried out, unless upstream's own body says that it was.
  const refusing = !isCut && saysThatAllWentWell(copy) ? [302, 404, 429] : [];
  const status = random.integer(20) === 0 ? pick([201, 408, 500, 502, 504, ...refusing], random) : 200;
  return { status, body: isCut ? text.slice(0, random.integer(text.length)) : text };
}

function saysThatAllWentWell(answer: Json): boolean {
  const response = isObject(answer) ? answer['Response'] : undefined;
  return isObject(response) && (response['Error'] ?? null) === null;
}

function vary(root: Json, random: SeededRandom): void {
  const places = placesIn(root);
  const place = places[random.integer(places.length)];
  if (place === undefined) return;
  const { holder, name } = place;
  const before = holder[name] ?? null;
  switch (random.integer(5)) {
    case 0:
      delete holder[name];
      return;
    case 1:
      holder[name] = null;
      return;
    case 2:
      holder[name] = ofAnotherType(name, before, random);
      return;
    case 3:
      holder[name] = outOfRange(name, before, random);
      return;
    default:
      // Not by assignment, which `__proto__` would take for something else.
      if (isObject(before)) {
        // A copy: what is varied next must not be the list itself.
        const value = structuredClone(pick(oddValues, random));
        const member = { value, enumerable: true, configurable: true, writable: true };
        Object.defineProperty(before, pick(unknownNames, random), member);
      }
  }
}

const unknownNames = ['New', 'Error', 'QrCode', 'constructor', 'Data', '二维码', '__proto__'];
const oddValues: readonly Json[] = [null, true, 0, 'x', [], {}, { Code: 'InternalError' }, [null, { a: 1 }]];

interface Place {
  holder: { [name: string]: Json };
  name: string;
}

function placesIn(value: Json): Place[] {
  if (Array.isArray(value)) return value.flatMap(placesIn);
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([name, member]) => [{ holder: value, name }, ...placesIn(member)]);
}

const lists = new Set(['Templates', 'Recipients', 'Components', 'SignComponents']);

/**
 * Any other text or number would be another id, and the caller cannot know that it is not the true one. So with the code
 * of a refusal: "no such right" for a cancel that was carried out, or for a code that is dead, would be believed.
 */
const isId = (name: string) => name === 'QrCodeId' || name === 'Code';

function ofAnotherType(name: string, before: Json, random: SeededRandom): Json {
  const others: Json[] = [true, {}, { Value: before }];
  // An empty list in place of a list is as documented, and says what it says.
  if (!lists.has(name)) others.push([], [before]);
  if (!isId(name)) others.push('x', 7, String(before));
  return pick(others, random);
}

function outOfRange(name: string, before: Json, random: SeededRandom): Json {
  if (typeof before === 'number') {
    return pick([-1, 0, 1.5, 1e300, before * 1000, Number.MAX_SAFE_INTEGER], random);
  }
  if (isId(name)) return pick(['', 'x'.repeat(10_000), 'a\u0000b', '\ud800', ' '], random);
  return pick(['', 'x'.repeat(10_000), 'a\u0000b', '\ud800', 'javascript:alert(1)', '李雷'], random);
}

function isObject(value: Json | undefined): value is { [name: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function pick<T>(from: readonly T[], random: SeededRandom): T {
  const found = from[random.integer(from.length)];
  if (found === undefined) throw new TypeError('There is nothing to pick from');
  return found;
}
