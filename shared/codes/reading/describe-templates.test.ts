import { describe, expect, it } from 'vitest';
import type { DescribeTemplatesResponse } from '../../essbasic/DescribeTemplates.ts';
import type { Upstream } from '../ports.ts';
import { agent } from '../testing/world.ts';
import { describeTemplates, requireFitTemplate } from './describe-templates.ts';

const person = { RecipientId: 'p', RecipientType: 'INDIVIDUAL', RoutingOrder: -1 };
const fit = {
  TemplateId: 'fit',
  Components: [],
  Recipients: [person],
  SignComponents: [{ ComponentRecipientId: 'p' }],
  Available: 1,
};
const disabled = { ...fit, TemplateId: 'disabled', Available: 2 };
const unknown = { ...fit, TemplateId: 'unknown', Available: 7 };

/** Upstream that gives one answer, and what it was asked. */
function answering(response: DescribeTemplatesResponse, unread?: string[]) {
  const asked: unknown[] = [];
  const upstream = {
    async call(action: { name: string }, request: unknown, options: unknown) {
      asked.push([action.name, request, options]);
      return { response, requestId: 'request-1', ...(unread && { unread }) };
    },
  } as Upstream; // the one action that is called here
  const facts: { upstreamRequestId?: string } = {};
  return { upstream, asked, facts, call: { deadlineMs: 5, facts } };
}

const fitnessIn = ({ Templates }: DescribeTemplatesResponse) =>
  Templates?.map((template) => ('SignCode' in template ? template['SignCode'] : undefined));

describe('the templates of an organisation', () => {
  it('come with a judgement each, every reason in both languages', async () => {
    const { upstream, asked, facts, call } = answering({
      Templates: [fit, disabled, unknown],
      TotalCount: 3,
    });
    const answer = await describeTemplates(upstream, { Agent: agent }, call);
    expect(answer).toMatchObject({ TotalCount: 3, Templates: [fit, disabled, unknown] });
    expect(fitnessIn(answer)).toEqual([
      { Fitness: 'Fit', Reasons: [] },
      {
        Fitness: 'Unfit',
        Reasons: [
          {
            Rule: 'TemplateDisabled',
            Code: 'FailedOperation.QrCodeTemplateId',
            Certain: true,
            Message: { zh: '模板已停用', en: 'The template is disabled' },
          },
        ],
      },
      { Fitness: 'Uncertain', Reasons: [expect.objectContaining({ Rule: 'AvailabilityUnknown' })] },
    ]);
    expect(asked).toEqual([['DescribeTemplates', { Agent: agent }, { deadlineMs: 5 }]]);
    expect(facts).toEqual({ upstreamRequestId: 'request-1' });
  });

  it('are not judged where the list alone was asked for', async () => {
    const { upstream, call } = answering({ Templates: [fit] });
    const answer = await describeTemplates(upstream, { Agent: agent, ContentType: 1 }, call);
    expect(answer.Templates).toEqual([fit]);
  });

  it('may be none', async () => {
    const { upstream, call } = answering({ TotalCount: 0 });
    expect(await describeTemplates(upstream, { Agent: agent }, call)).toEqual({
      TotalCount: 0,
      Templates: [],
    });
  });

  it.each([
    'Templates',
    'Templates.3',
    'Templates.0.Available',
    'Templates.12.Recipients.0.RoutingOrder',
    'Templates.0.SignComponents',
    'Templates.0.Components',
    'Templates.0.TemplateType',
  ])('are judged with no certainty where %s could not be read', async (path) => {
    const { upstream, call } = answering({ Templates: [fit] }, ['TotalCount', path]);
    const answer = await describeTemplates(upstream, { Agent: agent }, call);
    expect(fitnessIn(answer)).toMatchObject([
      { Fitness: 'Uncertain', Reasons: [{ Rule: 'AnswerUnreadable' }] },
    ]);
  });

  it.each(['TotalCount', 'Templates.0.Creator', 'X.Templates.0.Available'])(
    'are judged as ever where %s could not be read',
    async (path) => {
      const { upstream, call } = answering({ Templates: [fit] }, [path]);
      expect(fitnessIn(await describeTemplates(upstream, { Agent: agent }, call))).toMatchObject([
        { Fitness: 'Fit' },
      ]);
    },
  );
});

describe('a template that a code is to be made of', () => {
  const required = (TemplateId: string, { upstream, call }: ReturnType<typeof answering>) =>
    requireFitTemplate(upstream, { Agent: agent, TemplateId }, call);

  it('is asked for by its id, and passes where nothing is certain against it', async () => {
    const given = answering({ Templates: [disabled, fit, unknown] });
    expect(await required('fit', given)).toEqual({ Fitness: 'Fit', Reasons: [] });
    expect(await required('unknown', given)).toMatchObject({ Fitness: 'Uncertain' });
    expect(given.asked[0]).toEqual([
      'DescribeTemplates',
      { Agent: agent, TemplateId: 'fit' },
      { deadlineMs: 5 },
    ]);
    expect(given.facts).toEqual({ upstreamRequestId: 'request-1' });
  });

  it('is refused with every reason where one is certain', async () => {
    const given = answering({ Templates: [{ ...disabled, Recipients: [] }] });
    await expect(required('disabled', given)).rejects.toMatchObject({
      code: 'TemplateUnfit',
      upstreamRequestId: 'request-1',
      problems: [
        { path: 'TemplateId', message: { en: 'The template is disabled' } },
        { path: 'TemplateId', message: { en: 'The template has no signer' } },
      ],
    });
  });

  it('is not found where upstream does not list it', async () => {
    const notFound = { code: 'NotFound', upstreamRequestId: 'request-1' };
    await expect(required('other', answering({ Templates: [fit] }))).rejects.toMatchObject(notFound);
    await expect(required('other', answering({}))).rejects.toMatchObject(notFound);
  });

  it('may be in what could not be read', async () => {
    await expect(required('other', answering({}, ['Templates']))).rejects.toMatchObject({
      code: 'UpstreamMalformedAnswer',
      upstreamRequestId: 'request-1',
      stage: 'after-send',
    });
    const partly = answering({ Templates: [fit] }, ['TotalCount', 'Templates.0.Available']);
    expect(await required('fit', partly)).toMatchObject({ Fitness: 'Uncertain' });
    await expect(required('other', answering({}, ['TotalCount']))).rejects.toMatchObject({
      code: 'NotFound',
    });
  });
});
