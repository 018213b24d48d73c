import type { RefObject } from 'preact';
import { useState } from 'preact/hooks';
import type { Template } from '../../api/answers.ts';
import { call } from '../../api/call.ts';
import { useDoing } from '../../api/use-doing.ts';
import { Select } from '../../parts/field.tsx';
import { ProblemNote } from '../../parts/problem-note.tsx';
import { say } from '../../texts/say.ts';

export interface TemplateChoiceProps {
  form: RefObject<HTMLFormElement | null>;
  template: Template | undefined;
  onChoose: (template: Template | undefined) => void;
}

/** Upstream's largest page of templates. */
const most = 100;

/** The templates of the organisation that is named, and of the chosen one whether it can carry a sign code, and why not. */
export function TemplateChoice({ form, template, onChoose }: TemplateChoiceProps) {
  const { isBusy, problem, run } = useDoing();
  const [templates, setTemplates] = useState<readonly Template[]>();

  async function load(): Promise<void> {
    const { current } = form;
    if (current === null) return;
    const data = new FormData(current);
    const Agent = {
      ProxyOrganizationOpenId: String(data.get('organization')).trim(),
      ProxyOperator: { OpenId: String(data.get('operator')).trim() },
    };
    await run(async () => {
      const { Templates } = await call(
        'DescribeTemplates',
        { Agent, Limit: most },
        { step: 'stepTemplates' },
      );
      setTemplates(Templates);
      onChoose(undefined);
    });
  }

  return (
    <>
      <div class="buttons start">
        <button type="button" disabled={isBusy} onClick={() => void load()}>
          {say('createLoadTemplates')}
        </button>
      </div>
      <ProblemNote problem={problem} />
      {templates?.length === 0 && <p class="note warn">{say('createTemplateNone')}</p>}
      <Select
        label={say('createTemplate')}
        name="templateId"
        required
        disabled={templates === undefined}
        value={template?.TemplateId ?? ''}
        choices={[
          { value: '', text: say('createTemplateChoose') },
          ...(templates ?? []).map(({ TemplateId = '', TemplateName = TemplateId }) => ({
            value: TemplateId,
            text: TemplateName,
          })),
        ]}
        onChange={({ currentTarget }) =>
          onChoose(templates?.find(({ TemplateId }) => TemplateId === currentTarget.value))
        }
      />
      {template?.SignCode && <Fitness {...template.SignCode} />}
    </>
  );
}

const moods = { Fit: 'good', Unfit: 'bad', Uncertain: 'warn' } as const;

function Fitness({ Fitness: fitness, Reasons }: NonNullable<Template['SignCode']>) {
  return (
    <div class={`note ${moods[fitness]}`} role="status">
      <p>{say(`fitness_${fitness}`)}</p>
      {Reasons.length > 0 && (
        <ul>
          {Reasons.map(({ Rule, Message }) => (
            <li key={Rule}>{Message}</li>
          ))}
        </ul>
      )}
    </div>
  );
}
