import { describe, expect, it } from 'vitest';
import { Failure, TransportError } from '../../errors.ts';
import type { CreateResponse } from '../../essbasic/ChannelCreateMultiFlowSignQRCode.ts';
import type { SlotAnswer } from '../../world.ts';
import { randomIds } from '../ids.ts';
import type { Upstream } from '../ports.ts';
import { createRequest, dayS, startMs, startS } from '../testing/world.ts';
import { generationOf, type PlannedCreate, sendCreate } from './send-create.ts';

const surroundings = { nowMs: () => startMs, ids: randomIds(), random: () => 0.5 };
const slot = { action: 'create', intervalUs: 1, horizonUs: 1 };
const response = { QrCode: { QrCodeId: 'qr-1' } };
const unanswered = new TransportError('UnknownOutcome', 'after-send');

interface Course {
  /** What the journal says to each turn that is asked for. */
  notes?: (SlotAnswer | 'lost' | 'changed' | Error)[];
  /** What upstream answers with, instead of yes. */
  error?: Error;
  /** There is no connection. */
  unreachable?: Error;
  /** What ends the wait for a turn. */
  outOfTime?: Error;
  deadlineMs?: number;
}

/** Sends a create. */
async function send({ notes = [], deadlineMs = startMs + 9_000, ...course }: Course = {}) {
  const requests: unknown[] = [];
  const leases: number[] = [];
  const note: PlannedCreate['note'] = async (leaseMs) => {
    leases.push(leaseMs);
    const answer = notes.shift() ?? { taken: true, waitMs: 0 };
    if (answer instanceof Error) throw answer;
    return answer;
  };
  const upstream = {
    async call(_action: unknown, request: unknown, call: Parameters<Upstream['call']>[2]) {
      if (course.unreachable) throw course.unreachable;
      while ((await call.onSend?.(slot))?.taken !== true) if (course.outOfTime) throw course.outOfTime;
      requests.push([request, call.deadlineMs]);
      if (course.error) throw course.error;
      return { response, requestId: 'request-1' };
    },
  } as Upstream; // the one action that is called here
  const request = createRequest();
  const outcome = await sendCreate({ upstream, surroundings }, { request, note }, deadlineMs);
  return { outcome, requests, leases };
}

describe('a create that is sent', () => {
  it('is what was planned, and has as long as it was given', async () => {
    const { outcome, requests } = await send();
    expect(requests).toEqual([[createRequest(), startMs + 9_000]]);
    expect(outcome).toEqual({ kind: 'made', response, requestId: 'request-1' });
  });

  it('has a lease that lasts ten seconds longer than its call may', async () => {
    expect((await send()).leases).toEqual([19_000]);
    expect((await send({ deadlineMs: startMs - 5_000 })).leases).toEqual([10_000]);
  });

  it('and not answered has an unknown outcome', async () => {
    const { outcome } = await send({ error: unanswered });
    expect(outcome).toMatchObject({ kind: 'failed', noted: true, failure: { outcome: 'unknown' } });
  });
});

describe('a create that is not sent', () => {
  it.each(['lost', 'changed'] as const)(
    'since its code is %s has failed for no other reason',
    async (why) => {
      const { outcome, requests } = await send({ notes: [why] });
      expect([outcome, requests]).toEqual([{ kind: why }, []]);
    },
  );

  it('since there is no connection is not in the journal', async () => {
    const { outcome, leases } = await send({
      unreachable: new TransportError('UpstreamUnreachable', 'before-send'),
    });
    expect(outcome).toMatchObject({ kind: 'failed', noted: false, failure: { outcome: 'never-sent' } });
    expect(leases).toEqual([]);
  });

  it('since no turn came in time is not in the journal', async () => {
    const notes = [{ taken: false, waitMs: 100 }];
    const { outcome } = await send({ notes, outOfTime: new Failure('RateLimited') });
    expect(outcome).toMatchObject({ kind: 'failed', noted: false, failure: { outcome: 'never-sent' } });
  });

  it('since the note of it was not acknowledged may be in the journal', async () => {
    const { outcome, requests } = await send({ notes: [new Failure('DatabaseUnavailable')] });
    expect(outcome).toMatchObject({ kind: 'failed', noted: true, failure: { outcome: 'never-sent' } });
    expect(requests).toEqual([]);
  });
});

describe('the generation that upstream has made', () => {
  const asked = { codeId: 'code', number: 3, maxFlowNum: 10, expiresAtS: startS + 5 * dayS };
  const made = (answer: CreateResponse) => generationOf(asked, answer, startS);
  const endingOn = (ExpiredTime: number) => made({ QrCode: { QrCodeId: 'qr-1', ExpiredTime } }).expiresAtS;

  it('is what was asked for, and begins unused', () => {
    expect(made(response)).toEqual({
      ...{ codeId: 'code', number: 3, qrCodeId: 'qr-1', urls: {}, maxFlowNum: 10, state: 'live' },
      ...{ used: 0, costMessages: 0, certainContracts: 0, toldPercent: 0, toldExpiring: false },
      ...{ createdAtS: startS, expiresAtS: startS + 5 * dayS },
    });
  });

  it('is reached where upstream says', () => {
    const QrCode = { QrCodeId: 'qr-1', QrCodeUrl: 'qr.png', WeixinQrCodeUrl: 'weixin.png' };
    const SignUrls = { AppSignUrl: 'pages/guide', EffectiveTime: '', HttpSignUrl: 'https://example.test' };
    expect(made({ QrCode, SignUrls }).urls).toEqual({
      ...{ QrCodeUrl: 'qr.png', WeixinQrCodeUrl: 'weixin.png' },
      ...{ AppSignUrl: 'pages/guide', HttpSignUrl: 'https://example.test' },
    });
  });

  it('ends when upstream says, from the next second until a year and a day later', () => {
    for (const end of [startS + 1, startS + 366 * dayS]) expect(endingOn(end)).toBe(end);
    for (const end of [startS, startS + 366 * dayS + 1]) expect(endingOn(end)).toBe(startS + 5 * dayS);
  });
});
