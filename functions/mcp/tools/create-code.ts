import * as z from 'zod/mini';
import { createCode } from '../../../shared/codes/life/create-code.ts';
import { foundAnswer } from '../../../shared/codes/life/created-answer.ts';
import { describeCode } from '../../../shared/codes/reading/describe-codes.ts';
import { Failure } from '../../../shared/errors.ts';
import { limits } from '../../../shared/essbasic/create-limits.ts';
import { fill } from '../../../shared/text.ts';
import { defined, type RememberedWork } from '../../../shared/world.ts';
import { speaking } from '../../open-upstream.ts';
import { acting, actingTexts } from '../acting.ts';
import { agentOf, type Call } from '../call.ts';
import { once } from '../once.ts';
import { showCode } from '../shown-code.ts';
import { tool } from '../tool.ts';

const days = (most: number) => z.optional(z.int().check(z.minimum(1), z.maximum(most)));
const textOf = (most: number) => z.string().check(z.minLength(1), z.maxLength(most));

const request = z.strictObject({
  ExternalId: textOf(128),
  TemplateId: textOf(64),
  FlowName: textOf(limits.FlowName.maxLength),
  QrCodeName: z.optional(textOf(limits.QrCodeName.maxLength)),
  MaxFlowNum: z.optional(z.int().check(z.minimum(1))),
  QrEffectiveDay: days(limits.QrEffectiveDay.max),
  FlowEffectiveDay: days(limits.FlowEffectiveDay.max),
  AutoRenew: z.optional(z.boolean()),
  Labels: z.optional(z.array(z.string())),
  ...acting,
});

type Input = z.output<typeof request>;

/** Makes a code; one for each `ExternalId` of an organisation, however often and by whomever it is called. */
export const createCodeTool = tool({
  name: 'create_code',
  role: 'operator',
  title: { zh: '创建签署码', en: 'Create a code' },
  text: {
    zh: '创建一张可由多人扫码签署的签署码，返回印在海报上的固定链接。每个企业的每个 ExternalId 只对应一张：以同一 ExternalId 再次调用，得到的是同一张，不会多出一张；要另建一张，请换一个 ExternalId。',
    en: 'Makes a code that many people scan to sign, and answers the stable link that a poster shows. There is one for each ExternalId of an organisation: to call it again with the same one gives the same code and makes no second. For another code choose another ExternalId.',
  },
  request,
  members: {
    ExternalId: {
      zh: '您对它的编号，如门店或闸口编号；在企业内唯一',
      en: 'What you call it, for example the number of a shop or a gate; unique within the organisation',
    },
    TemplateId: {
      zh: '模板编号，先用 preflight_template 检查',
      en: 'The template; check it with preflight_template first',
    },
    FlowName: { zh: '每份合同的名称', en: 'The name of every contract' },
    QrCodeName: { zh: '二维码下方的文字', en: 'The words below the QR code' },
    MaxFlowNum: {
      zh: '每一代可发起的合同数，默认 5',
      en: 'Contracts that each generation can start, 5 by default',
    },
    QrEffectiveDay: { zh: '每一代有效天数，默认 7', en: 'Days that each generation lives, 7 by default' },
    FlowEffectiveDay: {
      zh: '合同发起后可签署的天数，默认 7',
      en: 'Days to sign after a contract was started, 7 by default',
    },
    AutoRenew: {
      zh: '到期或用完前自动续期，默认 true',
      en: 'Make a successor before it expires or is used up, true by default',
    },
    Labels: { zh: '标签', en: 'Labels' },
    ...actingTexts,
  },
  async run(input, call) {
    const { ProxyOrganizationOpenId: organization } = agentOf(call, input);
    const { ProxyOperatorOpenId: _, ...payload } = { ...input, ProxyOrganizationOpenId: organization };
    call.event.beginWork({ readOnly: false });
    let Created = false;
    const codeId = await once(
      call,
      {
        owner: `organization:${call.appId}:${organization}`,
        key: `create:${input.ExternalId}`,
        payload,
        reused: texts.reused,
      },
      async (work) => {
        const made = await make(input, call, work);
        Created = made.isNew;
        return { CodeId: made.codeId };
      },
    );
    call.event.facts.codeId = codeId;
    return {
      Created,
      Code: await showCode(call.resources, { by: 'CodeId', value: codeId }, call.caller.scope),
    };
  },
});

/** The code of this external id: the one that is there, or a new one. */
async function make(
  input: Input,
  call: Call,
  work: RememberedWork,
): Promise<{ codeId: string; isNew: boolean }> {
  const { resources, caller, event } = call;
  if (work.takenOver) {
    const found = await resources.creation.findCreated(work.workId);
    if (found !== undefined)
      return { codeId: foundAnswer(found, resources.publicBaseUrl).CodeId, isNew: false };
  }
  const Agent = agentOf(call, input);
  const present = await findPresent(input, Agent, call);
  if (present !== undefined) return { codeId: present, isNew: false };
  const { ExternalId, AutoRenew, Labels, TemplateId, FlowName } = input;
  const { QrCodeName, MaxFlowNum, QrEffectiveDay, FlowEffectiveDay } = input;
  const asked = defined({ QrCodeName, MaxFlowNum, QrEffectiveDay, FlowEffectiveDay });
  const ports = {
    ...resources,
    register: resources.creation,
    upstream: speaking(resources.upstream, event),
  };
  const { code, upstreamRequestId } = await createCode(
    ports,
    {
      request: { Agent, TemplateId, FlowName, ...asked },
      ...(AutoRenew !== undefined && { policy: { Enabled: AutoRenew } }),
      members: { externalId: ExternalId, labels: Labels ?? [] },
      actor: caller.actor,
      codeId: work.workId,
      rememberedAs: ({ codeId }) => work.rememberedAs({ CodeId: codeId }),
    },
    event.deadlineMs,
  );
  event.facts.upstreamRequestId = upstreamRequestId;
  return { codeId: code.codeId, isNew: true };
}

/** The records forget; the register does not. @throws Failure `StateConflict` where the id is that of something else */
async function findPresent(
  { ExternalId, TemplateId, FlowName }: Input,
  { AppId: appId, ProxyOrganizationOpenId }: ReturnType<typeof agentOf>,
  { resources }: Call,
): Promise<string | undefined> {
  const scope = { appId, organizations: [ProxyOrganizationOpenId] };
  const [present] = await resources.externalIds.codesOf(ExternalId, scope);
  if (present === undefined) return undefined;
  const code = await describeCode(resources, { by: 'CodeId', value: present.codeId }, scope);
  if (code.TemplateId !== TemplateId || code.FlowName !== FlowName)
    throw new Failure('StateConflict', { detail: fill(texts.taken, { codeId: present.codeId }) });
  return present.codeId;
}

const texts = {
  reused: {
    zh: '此 ExternalId 已用于参数不同的签署码：请用 find_codes 查看，或换一个 ExternalId',
    en: 'This ExternalId was used for a code with other arguments: look at it with find_codes, or choose another ExternalId',
  },
  taken: {
    zh: '此 ExternalId 已是签署码 {codeId} 的编号，其模板或合同名称不同：请换一个 ExternalId',
    en: 'This ExternalId is that of code {codeId}, whose template or contract name differs: choose another ExternalId',
  },
};
