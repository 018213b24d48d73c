import type { Actions } from './actions.ts';
import { problemOf, QianmaUnreachable } from './problem.ts';
import { type Retrying, retried } from './retry.ts';

export type ActionName = keyof Actions;
export type RequestOf<Name extends ActionName> = Actions[Name]['request'];
export type AnswerOf<Name extends ActionName> = Actions[Name]['answer'];

export interface ClientOptions extends Partial<Retrying> {
  /** Where the functions are: below it each has its name. */
  baseUrl: string;
  /** An API key. */
  key: string;
  /** Language of texts and problems; English unless given. */
  language?: 'zh' | 'en';
  /** The longest that one try may take; 30,000 unless given. Milliseconds. */
  timeoutMs?: number;
  fetch?: typeof globalThis.fetch;
}

export interface CallOptions {
  /** Made for each call unless given. A call that is repeated with it has its effect once. */
  idempotencyKey?: string;
  /** The version that the caller has seen, instead of the member `Version`: where it is another by now, 412 is answered. */
  ifMatch?: number;
  /** W3C Trace Context: the lines of the functions' log have its trace id. */
  traceparent?: string;
  signal?: AbortSignal;
}

/** Members of an answer that are lists. */
type ListOf<Name extends ActionName> = {
  [Member in keyof AnswerOf<Name>]-?: AnswerOf<Name>[Member] extends readonly unknown[] ? Member : never;
}[keyof AnswerOf<Name>];
type ItemOf<List> = List extends readonly (infer Item)[] ? Item : never;

export interface Client {
  /**
   * Calls an action, again where that may help.
   *
   * @throws QianmaProblem where it was refused or failed; QianmaUnreachable where no answer came
   */
  call<Name extends ActionName>(
    name: Name,
    request: RequestOf<Name>,
    options?: CallOptions,
  ): Promise<AnswerOf<Name>>;
  /** Goes through a list item by item, and asks for the next page when it is needed. */
  each<Name extends ActionName, List extends ListOf<Name>>(
    name: Name,
    list: List,
    request: RequestOf<Name>,
    options?: Pick<CallOptions, 'signal'>,
  ): AsyncGenerator<ItemOf<AnswerOf<Name>[List]>, void, undefined>;
}

/** A client of qianma's functions, in browsers and in Node. */
export function createClient(options: ClientOptions): Client {
  const { baseUrl, key, language = 'en', timeoutMs = 30_000, fetch = globalThis.fetch } = options;
  const { tries = 4, pause = pauseFor, random = Math.random } = options;

  async function send(name: ActionName, body: string, headers: Record<string, string>, signal?: AbortSignal) {
    const limit = AbortSignal.timeout(timeoutMs);
    const response = await fetch(`${baseUrl.replace(/\/$/, '')}/${name}`, {
      method: 'POST',
      headers,
      body,
      signal: signal === undefined ? limit : AbortSignal.any([signal, limit]),
    }).catch((cause: unknown) => {
      signal?.throwIfAborted();
      throw new QianmaUnreachable(`${name}: no answer`, { cause });
    });
    if (response.status !== 200) throw await problemOf(response);
    return response.json().catch((cause: unknown) => {
      throw new QianmaUnreachable(`${name}: the answer broke off`, { cause });
    });
  }

  const client: Client = {
    call(name, request, { idempotencyKey = crypto.randomUUID(), ifMatch, traceparent, signal } = {}) {
      const headers = {
        'Content-Type': 'application/json',
        'Accept-Language': language,
        Authorization: `Bearer ${key}`,
        ...(!isReading(name) && { 'Idempotency-Key': idempotencyKey }),
        ...(ifMatch !== undefined && { 'If-Match': `"${ifMatch}"` }),
        ...(traceparent !== undefined && { traceparent }),
      };
      const body = JSON.stringify(request);
      // As the contract says.
      return retried(() => send(name, body, headers, signal), { tries, pause, random }) as Promise<
        AnswerOf<typeof name>
      >;
    },
    async *each(name, list, request, callOptions) {
      let page = request;
      for (;;) {
        const answer = await client.call(name, page, callOptions);
        yield* answer[list] as ItemOf<(typeof answer)[typeof list]>[]; // as ListOf says
        const next: unknown = Reflect.get(answer, 'NextCursor');
        if (typeof next !== 'string') return;
        page = { ...page, Cursor: next };
      }
    },
  };
  return client;
}

/** Changes nothing, so that it may be repeated as it is. */
const isReading = (name: string) => /^(Describe|Get)/.test(name);

const pauseFor = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
