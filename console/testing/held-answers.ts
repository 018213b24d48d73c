import type { Response } from 'playwright-core';
import { calledAction } from '../../docs/testing/checked-fetch.ts';
import { requireContract } from '../../docs/testing/contract-check.ts';

/** Holds what a page is answered by our actions against the contract, and complains of what is not as it says. */
export async function holdAgainstContract(response: Response, complaints: string[]): Promise<void> {
  const type = response.headers()['content-type'];
  const action = calledAction(response.url(), response.request().method(), type);
  if (action === undefined) return;
  // A page that is left or closed takes the bodies of its answers along.
  const body = await response.text().catch(() => undefined);
  if (body === undefined) return;
  try {
    requireContract(action, response.status(), JSON.parse(body));
  } catch (error) {
    complaints.push(String(error));
  }
}
