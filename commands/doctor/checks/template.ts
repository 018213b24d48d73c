import { requireFitTemplate, type SignCodeAnswer } from '../../../shared/codes/reading/describe-templates.ts';
import { Failure } from '../../../shared/errors.ts';
import { inBoth, inLanguage, type Text } from '../../../shared/text.ts';
import { callFailure } from '../call-failure.ts';
import { type Check, type Finding, fail, ok, skipped, warn } from '../check.ts';
import { callTimeMs, type Examination } from '../examination.ts';

const changeTemplate = {
  en: 'Change the template in the console of Tencent e-sign, or take another',
  zh: '在腾讯电子签控制台修改模板，或另选模板',
};

/** Can the template carry a sign code? */
export const template: Check<'ESS_APP_ID'> = {
  id: 'template',
  needs: ['application'],
  variables: ['ESS_APP_ID'],
  async run({ ESS_APP_ID }, examination) {
    if (examination.template === null) {
      return skipped({ en: 'Give --template to have one tried', zh: '请用 --template 指定要检查的模板' });
    }
    try {
      return judged(await ask(ESS_APP_ID, examination.template, examination));
    } catch (error) {
      if (error instanceof Failure && error.code === 'TemplateUnfit') return unfit(error);
      if (error instanceof Failure && error.code === 'NotFound') return missing;
      return callFailure(error);
    }
  },
};

function ask(AppId: string, TemplateId: string, examination: Examination): Promise<SignCodeAnswer> {
  const { agent } = examination;
  if (agent === null) throw new Failure('InternalFailure', { detail: 'The application was not checked' });
  const Agent = {
    AppId,
    ProxyOrganizationOpenId: agent.organization,
    ProxyOperator: { OpenId: agent.operator },
  };
  const call = { deadlineMs: examination.nowMs() + callTimeMs, facts: {} };
  return requireFitTemplate(examination.upstream(), { Agent, TemplateId }, call);
}

function judged({ Fitness, Reasons }: SignCodeAnswer): Finding {
  if (Fitness === 'Fit') return ok({ en: 'The template can carry a sign code', zh: '模板可以生成签署码' });
  const reasons = listed(Reasons.map(({ Message }) => Message));
  return warn(
    {
      en: `Upstream's documents disagree about this template: ${reasons.en}`,
      zh: `上游文档对此模板说法不一：${reasons.zh}`,
    },
    {
      en: 'Create one code from it and scan it before you print it',
      zh: '请先用它创建一个签署码并试扫，再行印制',
    },
  );
}

function unfit({ problems }: Failure): Finding {
  const reasons = listed(problems.map(({ message }) => message));
  return fail(
    { en: `The template cannot carry a sign code: ${reasons.en}`, zh: `模板不能生成签署码：${reasons.zh}` },
    changeTemplate,
  );
}

function listed(texts: readonly (string | Text)[]): Text {
  return inBoth((language) => texts.map((text) => inLanguage(text, language)).join('; '));
}

const missing = fail(
  { en: 'The organisation has no such template', zh: '该企业没有此模板' },
  {
    en: 'Check --template: DescribeTemplates lists those that there are',
    zh: '检查 --template：DescribeTemplates 可列出现有模板',
  },
);
