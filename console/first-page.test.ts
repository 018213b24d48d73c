/** How often a browser has to wait for an answer before the first page can be used. */
import type { CDPSession } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ConsoleRun, signIn, startConsole } from './testing/browser.ts';

let run: ConsoleRun;
beforeAll(async () => {
  run = await startConsole();
});
afterAll(() => run?.close());

interface Asked {
  request: { url: string };
  /** The file that asks for it; none for the page itself. */
  initiator: { url?: string; stack?: { callFrames: { url: string }[] } };
}

/** What is asked for from now on, each with its round trip: 1 for the page, one more than that of what asks for it. */
function followRequests(session: CDPSession, pageUrl: string): Map<string, number> {
  const trips = new Map<string, number>();
  session.on('Network.requestWillBeSent', ({ request, initiator }: Asked) => {
    const { url } = request;
    if (url.startsWith('data:')) return;
    const by = initiator.url ?? initiator.stack?.callFrames[0]?.url;
    trips.set(url, url === pageUrl ? 1 : 1 + (trips.get(by ?? '') ?? Number.NaN));
  });
  return trips;
}

describe('the first page', () => {
  it('can be used after two round trips: its own, and that of all that it names', async () => {
    const { page, context } = await run.open();
    const session = await context.newCDPSession(page);
    await session.send('Network.enable');
    const trips = followRequests(session, page.url());
    await page.reload();
    await page.locator('input[name=key]').waitFor();
    expect(trips.size).toBeGreaterThan(3);
    expect(Math.max(...trips.values())).toBe(2);
  });

  it('is there two round trips after the key was given: whose it is, and the codes', async () => {
    const { page } = await run.open();
    const asked: string[] = [];
    page.on('request', (request) => asked.push(new URL(request.url()).pathname));
    await signIn(page, run.platform.apiKey);
    await page.getByText('There is no code yet.').waitFor();
    expect(asked).toEqual(['/GetCallerIdentity', '/DescribeMultiFlowSignQRCodes']);
  });
});
