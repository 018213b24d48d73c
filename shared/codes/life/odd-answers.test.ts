import { describe, expect, it } from 'vitest';
import { runRenewals } from '../renewal/run-renewals.ts';
import { codeSuite } from '../testing/code-suite.ts';
import { alteredUpstream } from '../testing/varied-upstream.ts';
import { createRequest, dayS, startS } from '../testing/world.ts';
import { createCode } from './create-code.ts';

const { test, world } = codeSuite();

/** Replaces what stands in the text of an answer. */
const upstreamWith = (pattern: RegExp, text: string) =>
  alteredUpstream(world.fake.upstream, (answer) => ({
    body: JSON.stringify(answer).replace(pattern, text),
  }));
const create = (upstream = world.fake.upstream, changes = {}) =>
  createCode(
    { ...world.ports, upstream },
    { request: createRequest(changes), actor: 'key:test' },
    world.clock.ms + 9000,
  );
const tick = (upstream = world.fake.upstream) =>
  runRenewals({ ...world.ports, upstream }, { deadlineMs: world.clock.ms + 60_000 });
const aliveIds = () => world.fake.alive().map(({ qrCodeId }) => qrCodeId);

describe('the end of a generation', () => {
  const asked = startS + 5 * dayS;

  it.each([
    ['is the one that upstream gives', String(startS + 4 * dayS), startS + 4 * dayS],
    ['may be given as text', `"${startS + 4 * dayS}"`, startS + 4 * dayS],
    ['is the one that was asked for where there is none', 'null', asked],
    ['is the one that was asked for where the given one is over', String(startS), asked],
    ['is the one that was asked for where the given one is in milliseconds', String(asked * 1000), asked],
  ])('%s', async (_, given, expiresAtS) => {
    const upstream = upstreamWith(/(?<="ExpiredTime":)\d+/, given);
    const { code, response } = await create(upstream, { QrCodeExpiredOn: asked });
    expect(code.current?.expiresAtS).toBe(expiresAtS);
    expect(response.QrCode.ExpiredTime).toBe(expiresAtS);
  });
});

describe('an answer that cannot be read and names what was made', () => {
  it('leaves no living code: the timer ends it', async () => {
    const upstream = upstreamWith(/"QrCodeUrl.*/, '');
    const made = expect.stringMatching(/^yDQr/);
    await expect(create(upstream)).rejects.toMatchObject({
      code: 'UnknownOutcome',
      detail: expect.objectContaining({ en: expect.stringContaining('names the QR code yDQr') }),
      members: { CodeId: expect.any(String), QrCodeId: made },
    });
    expect(aliveIds()).toHaveLength(1);
    expect(await world.journal()).toMatchObject([
      { kind: 'create', state: 'unknown', possibleOrphan: true, qrCodeId: aliveIds()[0] },
      { kind: 'cancel', open: true, qrCodeId: aliveIds()[0] },
    ]);
    expect(await tick()).toMatchObject({ cancelled: 1 });
    expect(aliveIds()).toEqual([]);
    expect((await world.journal())[0]).toMatchObject({ possibleOrphan: false });
  });

  it('lets a renewal try again, and ends the first try', async () => {
    const { code } = await create();
    world.passS(6 * dayS);
    expect(await tick(upstreamWith(/"QrCodeUrl.*/, ''))).toMatchObject({ unknown: 1 });
    world.passS(60);
    expect(await tick()).toMatchObject({ renewed: 1, cancelled: 1 });
    const { generations } = await world.record(code.codeId);
    expect(aliveIds().sort()).toEqual(generations.map(({ qrCodeId }) => qrCodeId).sort());
  });
});

describe('an answer that names nothing', () => {
  const nameless = () => upstreamWith(/"QrCodeId":"\w+",/, '');

  it('stops the renewal, since each try would make another code that nobody owns', async () => {
    const { code } = await create();
    world.passS(6 * dayS);
    expect(await tick(nameless())).toMatchObject({ unknown: 1 });
    world.passS(3600);
    expect(await tick(nameless())).toMatchObject({ unknown: 0, renewed: 0 });
    expect(await world.record(code.codeId)).toMatchObject({
      possibleOrphans: 1,
      code: { state: 'Failed', reason: { code: 'AnswerUnusable' }, dueAtS: null },
    });
    expect(await world.events()).toContain('code.renewal_failed');
  });

  it('keeps its RequestId in the journal', async () => {
    await expect(create(nameless())).rejects.toMatchObject({ upstreamRequestId: 'request-1' });
    const { rows } = await test.db.query('select upstream_request_id as id from attempts');
    expect(rows).toEqual([{ id: 'request-1' }]);
  });
});
