/** The checks that ask upstream, on the emulator. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createEmulator, type Emulator } from '../../../local/essbasic/create-emulator.ts';
import { exampleTemplateId, zooTemplateId } from '../../../local/essbasic/seeds/templates.ts';
import { production } from '../examination.ts';
import { closedAddress } from '../testing/closed-address.ts';
import { examined, exampleOperator } from '../testing/examined.ts';
import { application } from './application.ts';
import { clock } from './clock.ts';
import { credentials } from './credentials.ts';
import { template } from './template.ts';

let emulator: Emulator;
let env: { ESS_ENDPOINT: string };

beforeAll(async () => {
  emulator = createEmulator();
  env = { ESS_ENDPOINT: (await emulator.listen()).url };
});
afterEach(() => emulator.faults.clear());
afterAll(() => emulator.close());

/** A network in which the answers of the server come with a clock that is so far away from ours. */
const away = (seconds: number) => ({
  http: async (url: string, request: { method: 'GET' | 'POST' }) => {
    const reply = await production.http(url, request);
    return {
      ...reply,
      sentAtMs: reply.sentAtMs + seconds * 1000,
      receivedAtMs: reply.receivedAtMs + seconds * 1000,
    };
  },
});

describe('clock', () => {
  it('is in order when upstream is reached and has the same time', async () => {
    expect(await examined(clock, { env })).toMatchObject({ outcome: 'ok' });
  });

  it.each([
    [60, 'warn', /clock is (59|60|61) s ahead of upstream/],
    [-60, 'warn', /clock is (59|60|61) s behind upstream/],
    [400, 'fail', /clock is (399|400|401) s ahead of upstream/],
    [-400, 'fail', /clock is (399|400|401) s behind upstream/],
  ])('tells of a clock that is %i s away: %s', async (seconds, outcome, text) => {
    expect(await examined(clock, { env, ...away(seconds) })).toMatchObject({
      outcome,
      text: { en: expect.stringMatching(text) },
      remedy: { en: expect.stringContaining('NTP') },
    });
  });

  it('tells when nobody answers', async () => {
    const closed = await closedAddress();
    expect(await examined(clock, { env: { ESS_ENDPOINT: `http://${closed}` } })).toMatchObject({
      outcome: 'fail',
      text: { en: `${closed} cannot be reached: ECONNREFUSED` },
    });
  });

  it('says nothing of an answer without a Date', async () => {
    const http = async (url: string) => {
      const reply = await production.http(url, { method: 'GET' });
      return { ...reply, headers: new Headers() };
    };
    expect(await examined(clock, { env, http })).toMatchObject({ outcome: 'warn' });
  });
});

describe('credentials', () => {
  it('are accepted, with and without an organisation to act for', async () => {
    expect(await examined(credentials, { env })).toMatchObject({ outcome: 'ok' });
    expect(await examined(credentials, { env, given: { agent: exampleOperator } })).toMatchObject({
      outcome: 'ok',
    });
  });

  it.each([
    ['ESS_SECRET_ID', 'AKIDnobody', 'AuthFailure.SecretIdNotFound'],
    ['ESS_SECRET_KEY', 'geheimgeheim', 'AuthFailure.SignatureFailure'],
  ])('are refused with a wrong %s, which is not shown', async (name, value, code) => {
    const finding = await examined(credentials, { env: { ...env, [name]: value } });
    expect(finding).toMatchObject({
      outcome: 'fail',
      text: { en: expect.stringContaining(code), zh: expect.stringContaining(code) },
      remedy: { en: expect.stringContaining('ESS_SECRET_ID'), zh: expect.stringContaining('ESS_SECRET_ID') },
    });
    expect(JSON.stringify(finding)).not.toContain(value);
  });

  it('are not blamed for a fault of upstream, which is told by what comes next', async () => {
    emulator.faults.add({ code: 'InternalError', count: 10 });
    expect(await examined(credentials, { env })).toMatchObject({ outcome: 'ok' });
  });
});

describe('application', () => {
  it('is in order for an operator who may act in it', async () => {
    expect(await examined(application, { env, given: { agent: exampleOperator } })).toMatchObject({
      outcome: 'ok',
    });
  });

  it('is left open when nobody says for whom', async () => {
    expect(await examined(application, { env })).toMatchObject({ outcome: 'skipped' });
  });

  it.each([
    ['org-not-verified', 'OperationDenied'],
    ['org-no-permission', 'UnauthorizedOperation.NoPermissionFeature'],
    ['nobody', 'ResourceNotFound'],
  ])('is refused for the organisation %s, with the code and what to do', async (organization, code) => {
    const agent = { ...exampleOperator, organization };
    expect(await examined(application, { env, given: { agent } })).toMatchObject({
      outcome: 'fail',
      text: { en: expect.stringContaining(code) },
      remedy: { en: expect.stringMatching(/./), zh: expect.stringMatching(/\p{Script=Han}/u) },
    });
  });

  it('is refused for an AppId that does not exist', async () => {
    const finding = await examined(application, {
      env: { ...env, ESS_APP_ID: 'nobody' },
      given: { agent: exampleOperator },
    });
    expect(finding).toMatchObject({ outcome: 'fail', text: { en: expect.stringContaining('Application') } });
  });
});

describe('template', () => {
  const tried = (id: string | null) =>
    examined(template, { env, given: { agent: exampleOperator, template: id } });

  it('is in order when it can carry a sign code', async () => {
    expect(await tried(exampleTemplateId)).toMatchObject({ outcome: 'ok' });
  });

  it('is left open when none is named', async () => {
    expect(await tried(null)).toMatchObject({ outcome: 'skipped' });
  });

  it('is refused with every reason when it cannot', async () => {
    expect(await tried(zooTemplateId('NoPerson'))).toMatchObject({
      outcome: 'fail',
      text: { en: expect.stringContaining('All signers are enterprises') },
    });
  });

  it('is doubtful where upstream contradicts itself', async () => {
    expect(await tried(zooTemplateId('SeveralPeople'))).toMatchObject({
      outcome: 'warn',
      text: { en: expect.stringContaining('More than one person signs') },
    });
  });

  it('is missed when there is none', async () => {
    expect(await tried('nobody')).toMatchObject({ outcome: 'fail' });
  });
});
