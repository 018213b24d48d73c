import { setTimeout as sleep } from 'node:timers/promises';
import { median } from '../bench/measure.ts';
import type { BenchResult } from '../bench/result.ts';
import { type Platform, startPlatform } from '../local/start/testing/platform.ts';

const rounds = 15;
const contracts = 5;
/** As long as people who stand in front of a poster should wait. Seconds. */
const patienceS = 2;
/** What a person does whom a link leads nowhere. */
const tryAgainMs = 50;
/** The timer of the platform does not run here: what it would have done comes too late. */
const mostS = 10;
const create = {
  Agent: { ProxyOrganizationOpenId: 'proxy-org-openid', ProxyOperator: { OpenId: 'proxy-operator-openid' } },
  TemplateId: 'yDRvzUUgygqj42ouUuO4zjEueBrK5MeV',
  FlowName: '入职合同',
  MaxFlowNum: contracts,
  RenewalPolicy: { ExhaustionPercent: 100 },
};

/**
 * From the moment when a notification that uses a code up is posted to the moment when the link on the poster has led
 * somebody to a code on which a contract is started. Without the timer, which would come within the minute.
 */
export default async function bench(): Promise<BenchResult[]> {
  const platform = await startPlatform();
  try {
    const seconds: number[] = [];
    // The first round wakes the instances.
    for (let round = -1; round < rounds; round += 1) {
      const tookS = await usedUpToUsable(platform);
      if (round >= 0) seconds.push(tookS);
    }
    const own = median(seconds);
    return [
      {
        name: 'renew/used-up-to-usable',
        ratio: own / patienceS,
        against: `${patienceS} s; the longest of ${rounds} took ${Math.max(...seconds).toFixed(3)} s`,
        value: Number(own.toFixed(3)),
        unit: 's',
      },
    ];
  } finally {
    await platform.close();
  }
}

async function usedUpToUsable({ call, emulator }: Platform): Promise<number> {
  const { body } = await call('ChannelCreateMultiFlowSignQRCode', create);
  const { QrCodeId } = body['QrCode'] as { QrCodeId: string }; // upstream's own member
  emulator.scan(QrCodeId, { count: contracts - 1 });
  await emulator.callbacks.deliverDue();
  emulator.scan(QrCodeId);
  const startedMs = performance.now();
  const posted = emulator.callbacks.deliverDue();
  for (;;) {
    const scanned = await codeBehind(String(body['StableUrl']));
    const secondsSince = (performance.now() - startedMs) / 1000;
    if (scanned !== undefined && emulator.scan(scanned).Started.length === 1) {
      await posted;
      return secondsSince;
    }
    if (secondsSince > mostS) throw new Error(`no usable code ${mostS} s after one was used up`);
    await sleep(tryAgainMs);
  }
}

/** The code that a link leads to; undefined: to none now. */
async function codeBehind(link: string): Promise<string | undefined> {
  const { status, headers } = await fetch(link, { redirect: 'manual' });
  const location = headers.get('location');
  if (status !== 302 || location === null) return undefined;
  return new URL(location).searchParams.get('qrCodeId') ?? undefined;
}
