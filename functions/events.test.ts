/** Events to our users' systems, as a user and an operator meet them: the built functions and a receiver of theirs. */
import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Platform, startPlatform } from '../local/start/testing/platform.ts';
import { type Receiver, say, sayJson, startReceiver } from '../shared/delivery/testing/receiver.ts';
import { as, good } from './testing/platform-suite.ts';

const organization = 'proxy-org-openid';
const tick = { Type: 'Timer', TriggerName: 'test', Time: '2026-01-01T00:00:00Z', Message: '' };

let platform: Platform;
let receiver: Receiver;
/** Of an operator of the organisation, and of one of another. */
let own: Record<string, string>;
let other: Record<string, string>;

beforeAll(async () => {
  platform = await startPlatform();
  receiver = await startReceiver();
  own = await keyFor(organization);
  other = await keyFor('another-org');
});
afterAll(async () => {
  receiver.close();
  await platform.close();
});

async function keyFor(id: string): Promise<Record<string, string>> {
  return as(await platform.keys('create', '--name', id, '--role', 'operator', '--organization', id));
}

async function call(name: string, body: object, headers: Record<string, string> = own, status = 200) {
  const answer = await platform.call(name, body, headers);
  expect(answer, JSON.stringify(answer.body)).toMatchObject({ status });
  return answer.body;
}

const deliver = () => platform.host.invoke('deliver-events', tick);
const subscribe = (members: object = {}, headers = own) =>
  call('CreateEventSubscription', { Kind: 'standard-webhooks', Url: receiver.url, ...members }, headers);

describe('a subscription', () => {
  it('is told of the codes of its organisation, signed with the secret that was shown once', async () => {
    const { Secret, SubscriptionId, Url } = await subscribe();
    const foreign = await subscribe({ Kind: 'standard-webhooks' }, other);
    const { CodeId } = await call('ChannelCreateMultiFlowSignQRCode', good, {});
    const { result, error } = await deliver();
    expect([error, result]).toEqual([
      undefined,
      expect.objectContaining({ spread: 1, delivered: 1, ended: 'done' }),
    ]);
    expect(receiver.received).toHaveLength(1);
    const { headers, body } = receiver.received[0] ?? expect.fail('nothing came');
    // Headers of Node are texts where a name comes once, which these do.
    expect(new Webhook(String(Secret)).verify(body, headers as Record<string, string>)).toMatchObject({
      type: 'code.created',
      data: { OrganizationOpenId: organization, CodeId, State: 'Active' },
    });

    const { Events } = await call('DescribeEvents', { CodeId });
    expect(Events).toMatchObject([{ EventType: 'code.created', State: 'Delivered', SubscriptionId }]);
    expect((await call('DescribeEvents', {}, other))['Events']).toEqual([]);
    const { Subscriptions } = await call('DescribeEventSubscriptions', {});
    expect(Subscriptions).toMatchObject([{ SubscriptionId, Url, State: 'Enabled' }]);
    expect(JSON.stringify([Subscriptions, Events])).not.toContain(String(Secret));
    expect(JSON.stringify([Subscriptions, Events])).not.toContain('/hooks/');

    await call('ReplayEvent', { CodeId }, other);
    await deliver();
    expect(receiver.received).toHaveLength(1);
    expect(await call('ReplayEvent', { CodeId })).toMatchObject({ Replayed: 1 });
    await deliver();
    expect(receiver.received.map(({ id }) => id)).toEqual(Array(2).fill(headers['webhook-id']));
    for (const name of ['ModifyEventSubscription', 'DeleteEventSubscription', 'SendTestEvent'])
      await call(name, { SubscriptionId, ...(name.startsWith('Modify') && { Version: 1 }) }, other, 404);
    await call('DeleteEventSubscription', { SubscriptionId: foreign['SubscriptionId'] }, other);
    await call('DeleteEventSubscription', { SubscriptionId });
    expect((await call('DescribeEventSubscriptions', {}))['Subscriptions']).toEqual([]);
  });

  it('is refused with every problem at once, in the language of the caller', async () => {
    const headers = { ...own, 'Accept-Language': 'zh-CN' };
    const wrong = { Kind: 'fax', Url: '', EventTypes: [], Languages: ['fr'], Note: 1, Extra: true };
    const { errors } = await call('CreateEventSubscription', wrong, headers, 400);
    // A problem document has a list of path and message.
    const paths = (errors as { path: string; message: string }[]).map(({ path }) => path);
    expect(paths.sort()).toEqual(['EventTypes', 'Extra', 'Kind', 'Languages[0]', 'Note', 'Url'].sort());
    const inside = { Kind: 'wecom', Url: 'https://169.254.0.23/', Secret: 'x', EventTypes: ['code.created'] };
    const refused = await call('CreateEventSubscription', inside, headers, 400);
    expect(refused['errors']).toEqual([
      { path: 'Url', message: '指向内网、本机或保留地址' },
      { path: 'EventTypes.0', message: expect.stringContaining('告警') },
      { path: 'Secret', message: expect.stringContaining('密钥') },
    ]);
    await call('ReplayEvent', {}, own, 400);
    await call('ReplayEvent', { DeliveryId: 'a', CodeId: 'b' }, own, 400);
  });

  it('to all organisations is for administrators, and one to another organisation for its own key', async () => {
    await call(
      'CreateEventSubscription',
      { Kind: 'webhook', Url: receiver.url, AllOrganizations: true },
      own,
      403,
    );
    await call(
      'CreateEventSubscription',
      { Kind: 'webhook', Url: receiver.url, ProxyOrganizationOpenId: organization },
      other,
      403,
    );
    await call('CreateEventSubscription', { Kind: 'webhook', Url: receiver.url }, {}, 400);
    const all = await subscribe({ AllOrganizations: true }, {});
    expect(all).toMatchObject({ AllOrganizations: true, ProxyOrganizationOpenId: null });
    await call('SendTestEvent', { SubscriptionId: all['SubscriptionId'] }, own, 404);
    await call('DeleteEventSubscription', { SubscriptionId: all['SubscriptionId'] }, {});
  });

  it('gets a new secret beside the old one, is switched off and on, and tested', async () => {
    const { SubscriptionId, Secret } = await subscribe();
    const rotated = await call('ModifyEventSubscription', { SubscriptionId, Version: 1, RotateSecret: {} });
    expect(rotated['Secret']).not.toBe(Secret);
    const tested = await call('SendTestEvent', { SubscriptionId });
    expect(tested).toMatchObject({ Delivered: true, Attempt: { Status: 204, Error: null } });
    const { headers, body } = receiver.received.at(-1) ?? expect.fail('nothing came');
    for (const secret of [Secret, rotated['Secret']])
      expect(new Webhook(String(secret)).verify(body, headers as Record<string, string>)).toMatchObject({
        type: 'test',
      });
    await call('ModifyEventSubscription', { SubscriptionId, Version: 1, Enabled: false }, own, 409);
    const off = await call('ModifyEventSubscription', { SubscriptionId, Version: 2, Enabled: false });
    expect(off).toMatchObject({ State: 'Disabled', Version: 3 });
    receiver.answer = say(500);
    expect(await call('SendTestEvent', { SubscriptionId })).toMatchObject({
      Delivered: false,
      Attempt: { Status: 500, Error: { Code: 'Refused' } },
    });
    receiver.answer = say(204);
    await call('DeleteEventSubscription', { SubscriptionId });
  });
});

it('a robot is told of alarms in both languages, and its refusal in a 200 is a failure', async () => {
  const robot = await startReceiver(sayJson({ errcode: 0, errmsg: 'ok' }));
  const { SubscriptionId } = await subscribe({
    Kind: 'dingtalk',
    Url: `${robot.url}?access_token=x`,
    Secret: 'SECx',
  });
  expect(await call('SendTestEvent', { SubscriptionId })).toMatchObject({ Delivered: true });
  const { url, body } = robot.received[0] ?? expect.fail('nothing came');
  expect([...new URL(url, robot.url).searchParams.keys()]).toEqual(['access_token', 'timestamp', 'sign']);
  expect(JSON.parse(body)).toMatchObject({
    msgtype: 'text',
    text: { content: expect.stringMatching(/测试.*\n.*test/) },
  });
  robot.answer = sayJson({ errcode: 310000, errmsg: 'sign not match' });
  expect(await call('SendTestEvent', { SubscriptionId })).toMatchObject({
    Delivered: false,
    Attempt: { Status: 200, AnswerCode: 310000, Error: { Code: 'RobotRefused' } },
  });
  await call('DeleteEventSubscription', { SubscriptionId });
  robot.close();
});

it('no address and no secret of a subscription is in a log line', async () => {
  const { Secret } = await subscribe();
  await call('ChannelCreateMultiFlowSignQRCode', good, {});
  await deliver();
  const log = platform.lines.join('\n');
  expect(log).toContain('deliver-events');
  for (const text of [String(Secret), String(Secret).slice(6), '/hooks/', 'SECx', 'access_token'])
    expect(log).not.toContain(text);
});

it('nothing is subscribed to without a key to seal it with', async () => {
  const bare = await startPlatform({ REGISTER_KEYS: '' });
  const answer = await bare.call('CreateEventSubscription', {
    Kind: 'standard-webhooks',
    Url: receiver.url,
    ProxyOrganizationOpenId: organization,
  });
  expect(answer).toMatchObject({
    status: 503,
    body: { code: 'Misconfigured', detail: expect.stringContaining('REGISTER_KEYS') },
  });
  await bare.close();
});
