import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import {
  DescribeTemplates as contract,
  type DescribeTemplatesResponse,
} from '../../../shared/essbasic/DescribeTemplates.ts';
import { send } from '../../cloud-api/call.test.kit.ts';
import type { Json } from '../../cloud-api/merge-patch.ts';
import { createEmulator } from '../create-emulator.ts';
import { exampleAgent } from '../seeds/organisations.ts';
import { exampleTemplateId, foreignTemplateId, templates, zooTemplateId } from '../seeds/templates.ts';
import { call, requestFor, resultOf } from '../signed-call.test.kit.ts';

const emulator = createEmulator({ seed: 1, speed: 0, requestsPerSecond: 1000 });
let url = '';

beforeAll(async () => {
  ({ url } = await emulator.listen());
});
beforeEach(() => emulator.reset());
afterAll(() => emulator.close());

const all = templates
  .filter(({ ProxyOrganizationOpenId }) => ProxyOrganizationOpenId === exampleAgent.ProxyOrganizationOpenId)
  .map(({ template }) => template.TemplateId);

async function list(patch: Json): Promise<DescribeTemplatesResponse> {
  const answer = await call(url, 'DescribeTemplates', requestFor('DescribeTemplates', patch));
  return z.parse(contract.response, answer);
}

const ids = async (patch: Json) => (await list(patch)).Templates?.map(({ TemplateId }) => TemplateId);

describe('a list of templates', () => {
  it('has those of the organisation, and no other', async () => {
    const answer = await list({ Limit: null, Offset: null });
    expect(answer).toMatchObject({ TotalCount: all.length, Limit: 20, Offset: 0 });
    expect(answer.Templates?.map(({ TemplateId }) => TemplateId)).toEqual(all);
  });

  it('comes in pages', async () => {
    expect(await list({ Limit: 5, Offset: 2 })).toMatchObject({
      Limit: 5,
      Offset: 2,
      TotalCount: all.length,
    });
    expect(await ids({ Limit: 5, Offset: 2 })).toEqual(all.slice(2, 7));
    expect(await ids({ Limit: 0, Offset: 1 })).toEqual(all.slice(1, 21));
    expect(await ids({ Offset: 20_000 })).toEqual([]);
  });

  it('is narrowed by a part of the name, and by the ids that a template carries', async () => {
    emulator.templates.put({
      ...exampleAgent,
      template: {
        TemplateId: 'mine',
        TemplateName: '我的模板',
        ChannelTemplateId: 'channel',
        UserFlowType: { UserFlowTypeId: 'type' },
      },
    });
    expect(await ids({ TemplateName: '的模' })).toEqual(['mine']);
    expect(await ids({ ChannelTemplateId: 'channel' })).toEqual(['mine']);
    expect(await ids({ UserFlowTypeId: 'type' })).toEqual(['mine']);
    expect(await ids({ UserFlowTypeId: 'type', TemplateName: '入职' })).toEqual([]);
  });
});

describe('templates asked for by id', () => {
  it('come without paging when they are many', async () => {
    const asked = [zooTemplateId('NoSigner'), exampleTemplateId];
    expect(await ids({ TemplateIds: asked, Limit: 1, Offset: 1 })).toEqual([exampleTemplateId, asked[0]]);
  });

  it('are refused when one of many is missing or foreign, and are none when it is asked for alone', async () => {
    for (const id of ['unknown', foreignTemplateId]) {
      expect(await resultOf(url, 'DescribeTemplates', { TemplateIds: [exampleTemplateId, id] })).toBe(
        'ResourceNotFound.Template',
      );
      expect(await list({ TemplateId: id })).toMatchObject({ Templates: [], TotalCount: 0 });
    }
  });

  it('are the single one where both members are sent', async () => {
    expect(await ids({ TemplateId: exampleTemplateId, TemplateIds: ['unknown'] })).toEqual([
      exampleTemplateId,
    ]);
  });
});

describe('a template in an answer', () => {
  const one = async (patch: { readonly [name: string]: Json }) => (await list(patch)).Templates?.[0];

  it('has the fill components of the initiator alone, unless all are asked for', async () => {
    const TemplateId = zooTemplateId('InitiatorFills');
    expect((await one({ TemplateId }))?.Components).toHaveLength(1);
    expect((await one({ TemplateId: exampleTemplateId }))?.Components).toEqual([]);
    const everybody = await one({ TemplateId: exampleTemplateId, QueryAllComponents: true });
    expect(everybody?.Components).toHaveLength(1);
    expect(everybody?.SignComponents).toHaveLength(2);
    expect(everybody?.Recipients).toHaveLength(2);
  });

  it('has no lists where only the list of templates is asked for', async () => {
    expect(await one({ TemplateId: exampleTemplateId, ContentType: 1 })).toMatchObject({
      TemplateName: '入职合同',
      Components: null,
      SignComponents: null,
      Recipients: null,
    });
  });

  it('has links where they are asked for, and they live for five minutes', async () => {
    expect(await one({ TemplateId: exampleTemplateId })).toMatchObject({ PreviewUrl: '', PdfUrl: '' });
    const found = await one({ TemplateId: exampleTemplateId, WithPreviewUrl: true, WithPdfUrl: true });
    const links = [String(found?.PreviewUrl), String(found?.PdfUrl)];
    const open = () => Promise.all(links.map((link) => send(link, { method: 'GET' })));
    expect(await open()).toMatchObject([
      { status: 200, contentType: 'text/html; charset=utf-8', text: expect.stringContaining('入职合同') },
      { status: 200, contentType: 'application/pdf', text: expect.stringContaining(exampleTemplateId) },
    ]);
    emulator.clock.advance(300_000);
    expect(await open()).toMatchObject([{ status: 410 }, { status: 410 }]);
    emulator.reset();
    emulator.templates.remove(exampleTemplateId);
    expect(await open()).toMatchObject([{ status: 404 }, { status: 404 }]);
  });
});
