import { readdirSync } from 'node:fs';
import type pg from 'pg';
import { expect } from 'vitest';
import type { Platform } from '../../../local/start/testing/platform.ts';
import { composeNotification } from '../../../shared/callback/compose-notification.ts';
import { key, token } from '../notifying.ts';
import { good } from '../platform-suite.ts';
import type { Given, Giving } from './giving.ts';
import type { Planting } from './people.ts';

const create = 'ChannelCreateMultiFlowSignQRCode';
const { ProxyOrganizationOpenId } = good.Agent;
const tick = { Type: 'Timer', TriggerName: 'test', Time: '2026-01-01T00:00:00Z', Message: '' };

export interface Made {
  codeId: string;
  slug: string;
  qrCodeId: string;
}

/** The contract of which the notifications tell. */
export const flowId = `${'f'.repeat(31)}1`;

/** A call of a tool by an agent. */
export const toolCall = (name: string, given: object, method = 'tools/call'): Given => ({
  path: 'mcp',
  headers: { Accept: 'application/json, text/event-stream' },
  body: { jsonrpc: '2.0', id: 1, method, params: { name, arguments: given } },
});

/** What happens to the functions in which people are planted, chapter by chapter. */
export function lifeOf(
  platform: Platform,
  giving: Giving,
  plants: Planting,
  db: pg.Client,
  receiverUrl: string,
) {
  const { person, text } = plants;
  const { give, done } = giving;
  const inPath = (plant: string) => encodeURIComponent(text(plant));

  const restrictions = (plant: string) => {
    const { Name, Latin, Mobile, IdCardNumber } = person(plant);
    return [
      { Name, Mobile, IdCardType: 'ID_CARD', IdCardNumber },
      { Name: Latin, Mobile },
    ] as const;
  };

  /** Upstream refuses the next create, and quotes it. */
  const refuse = (plant: string) =>
    platform.emulator.faults.add({
      action: create,
      code: 'FailedOperation.QrCodeCreate',
      message: `不可签署：${text(plant)}；${JSON.stringify(restrictions(plant))}`,
      count: 1,
    });

  /** As Tencent posts it; without a key in clear. */
  async function notify(MsgType: string, MsgData: object, secrets: { key?: string; token: string }) {
    const MsgId = `${MsgType}-${secrets.key === undefined ? 'clear' : 'encrypted'}`;
    const { body, headers } = composeNotification({ MsgId, MsgType, MsgVersion: 'x', MsgData }, secrets);
    const path = `callback-handler?who=${inPath('notification: query')}`;
    expect((await give({ path, headers, body: body.toString() })).status).toBe(200);
  }

  async function run(timer: string): Promise<void> {
    const { error } = await platform.host.invoke(timer, tick);
    expect([timer, error]).toEqual([timer, undefined]);
  }

  return {
    run,

    /** A code that names its signers, and carries whatever users write of their own. */
    async makeCode(): Promise<Made> {
      const members = {
        Restrictions: restrictions('signer'),
        ApproverRestrictions: restrictions('the one signer')[0],
        FlowName: text('name of the contracts'),
        QrCodeName: person('name on the poster').Name,
        ExternalId: person('external id').Mobile,
        Labels: [person('label').Name],
        Note: text('note'),
        FlowNameAppendScannerInfo: true,
        RenewalPolicy: {},
      };
      const headers = {
        'Idempotency-Key': person('idempotency key').Mobile,
        'User-Agent': person('user agent').Latin,
        Referer: `https://x.example/${inPath('referer')}`,
        Cookie: `who=${inPath('cookie')}`,
        'X-Request-Id': person('request id').Mobile,
      };
      const body = await done(create, { ...good, ...members }, headers);
      const { QrCodeId } = body['QrCode'] as { QrCodeId: string }; // upstream's own member
      const slug = /\/s\/(\w+)$/.exec(String(body['StableUrl']))?.[1] ?? '';
      return { codeId: String(body['CodeId']), slug, qrCodeId: QrCodeId };
    },

    /** Creates that upstream refuses or never answers. */
    async makeNone(): Promise<void> {
      refuse('refused signer');
      const refused = { ...good, Restrictions: restrictions('refused signer') };
      const headers = { 'Idempotency-Key': 'refused' };
      expect((await give({ path: create, body: refused, headers })).status).toBe(502);
      platform.emulator.faults.add({ action: create, drop: 'after', count: 1 });
      await give({ path: create, body: { ...good, Restrictions: restrictions('unanswered signer') } });
    },

    /** People scan, and Tencent posts what it knows of them, encrypted and in clear. */
    async hear({ qrCodeId }: Made): Promise<void> {
      const { Name, Mobile, IdCardNumber } = person('signer');
      platform.emulator.scan(qrCodeId, { person: { Name, Mobile, IdCardType: 'ID_CARD', IdCardNumber } });
      await platform.emulator.callbacks.deliverDue();
      expect(JSON.stringify(platform.emulator.callbacks.messages())).toContain(Mobile);
      const who = ({ Latin: ApproverName, ...rest } = person('who signs')) => ({ ApproverName, ...rest });
      const about = { QrCodeId: qrCodeId, FlowId: flowId };
      for (const secrets of [{ key, token }, { token }]) {
        const more = { ...about, FlowName: text('name of a contract'), Approvers: [who()] };
        await notify('MultiFlowSignQrCodeCost', more, secrets);
        await notify('FlowStatusChange', { ...more, FlowCallbackStatus: 2 }, secrets);
        await notify('BrandNewType', more, secrets);
        const Reason = `无额度：${text('who could not sign')}`;
        const failed = {
          ...about,
          Reason,
          CreatedOn: 4_000_000_000,
          Approver: who(person('who could not sign')),
        };
        await notify('CreateFlowByQrCode', failed, secrets);
      }
    },

    /** Who proves nothing, and what cannot be read. */
    async turnAway(): Promise<void> {
      const forged = JSON.stringify({ MsgId: text('forged message'), MsgType: text('forged type') });
      const wrong: Given[] = [
        {
          path: `callback-handler/${inPath('forged: path')}`,
          headers: { 'Content-Signature': inPath('forged: signature') },
          body: forged,
        },
        { path: create, body: `{"Name": ${text('no JSON')}` },
        { path: create, body: `{"${text('twice')}":1,"${text('twice')}":2}` },
        { path: create, body: { ...good, [text('unknown member')]: text('unknown value') } },
        {
          path: create,
          body: { ...good, Restrictions: [{ Mobile: text('wrong mobile'), IdCardType: text('wrong type') }] },
        },
        {
          path: create,
          body: { ...good, TemplateId: text('no template'), ...{ MaxFlowNum: text('wrong number') } },
        },
        { path: create, body: { ...good, TemplateId: text('no such template') } },
        { path: create, body: good, headers: { Authorization: `Bearer ${inPath('wrong key')}` } },
        { path: create, body: text('plain text'), headers: { 'Content-Type': 'text/plain' } },
        { path: `${create}/${inPath('path')}?q=${inPath('query')}`, body: '' },
        { method: 'GET', path: `s/${inPath('link')}?q=${inPath('link: query')}` },
      ];
      for (const given of wrong) expect((await give(given)).status).toBeGreaterThanOrEqual(400);
    },

    /** A database that quotes rows in what it says is wrong. */
    async failInDatabase(): Promise<void> {
      await db.query(`
        create function quote_row() returns trigger language plpgsql as
          $$ begin raise exception 'refused: %', new using detail = new::text, hint = new::text; end $$;
        create trigger quote_row before insert on codes for each row
          when (new.flow_name = 'quoted') execute function quote_row()`);
      const named = { Note: text('quoted note'), Restrictions: restrictions('quoted signer') };
      expect((await give({ path: create, body: { ...good, FlowName: 'quoted', ...named } })).status).toBe(
        500,
      );
      await db.query('drop trigger quote_row on codes; drop function quote_row');
    },

    /** Rows of which upstream refuses one, and has no time for another, which waits. @returns the id of their batch */
    async makeBatch(): Promise<string> {
      refuse('signer of a row');
      platform.emulator.faults.add({ action: create, code: 'RequestLimitExceeded' });
      const Rows = ['signer of a row', 'signer of another row'].map((plant, index) => ({
        ...{ TemplateId: good.TemplateId, FlowName: `row ${index}`, Restrictions: restrictions(plant) },
      }));
      const { BatchId } = await done('BatchCreateMultiFlowSignQRCode', { Agent: good.Agent, Rows });
      await run('work-off-batches');
      platform.emulator.faults.clear();
      return String(BatchId);
    },

    /** What those write who work with codes. */
    async administer(): Promise<void> {
      const mine = { ProxyOrganizationOpenId };
      await done('ModifyOrganization', { ...mine, Version: 0, ContactZh: text('contact') });
      await done('CreateApiKey', { Name: person('name of a key').Name, Role: 'viewer' });
      const Request = { ...good, Restrictions: restrictions('explorer'), Odd: text('explorer: odd member') };
      const headers = { 'Idempotency-Key': 'explorer' };
      await give({ path: 'CallUpstream', body: { Action: create, Request }, headers });
      await give({
        method: 'GET',
        path: `poster?CodeId=${inPath('poster: code')}&Name=${inPath('poster: name')}`,
      });
      await give(toolCall('find_codes', { Text: text('agent: search') }));
      await give(toolCall(text('agent: tool'), {}));
      await give(toolCall('x', {}, text('agent: method')));
    },

    /** So that its link shows a page. */
    async pause({ codeId: CodeId }: Made): Promise<void> {
      const looked = await giving.send({ path: 'DescribeMultiFlowSignQRCodes', body: { CodeId } });
      const Version = Number(/"Version":(\d+)/.exec(looked.answer)?.[1]);
      const change = { CodeId, Version, Operation: 'Pause' };
      expect((await giving.send({ path: 'ModifyMultiFlowSignQRCode', body: change })).status).toBe(200);
    },

    async subscribe(): Promise<void> {
      for (const Kind of ['standard-webhooks', 'webhook']) {
        const Url = `${receiverUrl}/${inPath('subscription: address')}`;
        const Note = text('subscription: note');
        await done('CreateEventSubscription', { Kind, Url, Note, ProxyOrganizationOpenId });
      }
    },

    /** Every function gets somebody in each member that it takes, and in one that it does not. */
    async misuseAll(): Promise<void> {
      for (const path of readdirSync('functions').filter((name) => /^[A-Z]/.test(name))) {
        const { main_handler } = await import(`../../${path}/index.ts`);
        const members = Object.keys(main_handler.definition.request.shape);
        for (const member of [...members, text('misused name')])
          await give({ path, body: { [member]: text('misused value') } });
        await give({
          path,
          body: Object.fromEntries(members.map((member) => [member, text('misused whole')])),
        });
      }
    },
  };
}
