import { describe, expect, it } from 'vitest';
import type { CreateRequest } from '../../essbasic/ChannelCreateMultiFlowSignQRCode.ts';
import type { TemplateInfo } from '../../essbasic/structs/TemplateInfo.ts';
import type { Upstream } from '../ports.ts';
import { defaultPolicy } from '../renewal/renewal-policy.ts';
import { agent, createRequest, dayS, startS } from '../testing/world.ts';
import type { CreateCommand } from './create-code.ts';
import { dryRun } from './dry-run.ts';

const template: TemplateInfo = {
  TemplateId: 'template-a',
  Components: [],
  Recipients: [{ RecipientId: 'p', RecipientType: 'INDIVIDUAL', RoutingOrder: -1 }],
  SignComponents: [{ ComponentRecipientId: 'p' }],
  Available: 1,
};

/** A dry run beside upstream that has one template, and what upstream was asked. */
async function run(
  changes: Partial<CreateRequest> = {},
  more: Partial<CreateCommand> = {},
  found: TemplateInfo = template,
) {
  const asked: unknown[] = [];
  const upstream = {
    async call(action: { name: string }, request: unknown) {
      asked.push([action.name, request]);
      return { response: { Templates: [found] }, requestId: 'request-1' };
    },
  } as Upstream; // the one action that is called here
  const command = { request: createRequest(changes), actor: 'key:test', ...more };
  const answer = dryRun(upstream, command, startS, { deadlineMs: 5, facts: {} });
  return { answer: await answer.catch((error: unknown) => error), asked };
}

describe('a dry run', () => {
  it('says what the code would be, where nothing is said by the defaults', async () => {
    const { answer } = await run({ MaxFlowNum: 0 });
    expect(answer).toEqual({
      DryRun: true,
      Template: { Fitness: 'Fit', Reasons: [] },
      MaxFlowNum: 5,
      FlowEffectiveDay: 7,
      ExpiredTime: startS + 7 * dayS,
      RenewalPolicy: defaultPolicy,
    });
  });

  it('says of what was asked for that it would be so', async () => {
    const request = { MaxFlowNum: 30, FlowEffectiveDay: 3, QrCodeExpiredOn: startS + dayS };
    const { answer } = await run(request, { policy: { ExhaustionPercent: 50 } });
    expect(answer).toMatchObject({
      MaxFlowNum: 30,
      FlowEffectiveDay: 3,
      ExpiredTime: startS + dayS,
      RenewalPolicy: { ...defaultPolicy, ExhaustionPercent: 50 },
    });
  });

  it('asks upstream for the template, and for nothing else', async () => {
    const { asked } = await run();
    expect(asked).toEqual([['DescribeTemplates', { Agent: agent, TemplateId: 'template-a' }]]);
  });

  it('names every problem without asking upstream', async () => {
    const { answer, asked } = await run({ QrCodeExpiredOn: startS - 1 }, { members: { externalId: '' } });
    expect(answer).toMatchObject({
      code: 'InvalidRequest',
      problems: [{ path: 'QrCodeExpiredOn' }, { path: 'ExternalId' }],
    });
    expect(asked).toEqual([]);
  });

  it('is refused where the template cannot carry a sign code', async () => {
    const { answer } = await run({}, {}, { ...template, Available: 2 });
    expect(answer).toMatchObject({ code: 'TemplateUnfit' });
  });
});
