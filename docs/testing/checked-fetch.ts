import { requireContract } from './contract-check.ts';

/** The name of an action, where a call is one of ours that answers JSON. */
export function calledAction(
  url: string,
  method: string,
  contentType: string | null | undefined,
): string | undefined {
  const isAnswer = method === 'POST' && /^application\/(problem\+)?json/.test(contentType ?? '');
  return isAnswer ? /\/([A-Z]\w+)$/.exec(new URL(url).pathname)?.[1] : undefined;
}

/** `fetch` that holds what our actions answer against the contract. */
export function checkedFetch(fetch: typeof globalThis.fetch): typeof globalThis.fetch {
  return async (input, init) => {
    const response = await fetch(input, init);
    const action = calledAction(response.url, init?.method ?? 'GET', response.headers.get('content-type'));
    if (action !== undefined) requireContract(action, response.status, await response.clone().json());
    return response;
  };
}
