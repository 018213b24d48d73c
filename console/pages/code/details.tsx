import { useState } from 'preact/hooks';
import type { Code } from '../../api/answers.ts';
import { call, newIdempotencyKey } from '../../api/call.ts';
import { useDoing } from '../../api/use-doing.ts';
import { labelsIn } from '../../parts/code/labels-in.ts';
import { Time } from '../../parts/code/time-left.tsx';
import { Facts } from '../../parts/facts.tsx';
import { TextArea, TextField } from '../../parts/field.tsx';
import { FormDialog } from '../../parts/form-dialog.tsx';
import { mayChange } from '../../state/session.ts';
import { say } from '../../texts/say.ts';

/** What a code is, and what people keep with it. */
export function Details({ code, onChange }: { code: Code; onChange: () => Promise<void> }) {
  const [isOpen, setOpen] = useState(false);
  const { ExternalId, Labels, Note, TemplateId, ProxyOrganizationOpenId, ProxyOperatorOpenId } = code;
  return (
    <section class="card">
      <h2>{say('codeNumbersTitle')}</h2>
      <Facts
        facts={[
          [say('createFlowName'), code.FlowName],
          [say('codeExternalId'), ExternalId],
          [say('codeLabels'), Labels.join(say('comma'))],
          [say('codeNote'), Note],
          [say('organization'), <code key="organization">{ProxyOrganizationOpenId}</code>],
          [say('codeOperator'), <code key="operator">{ProxyOperatorOpenId}</code>],
          [say('codeTemplate'), <code key="template">{TemplateId}</code>],
          ['CodeId', <code key="id">{code.CodeId}</code>],
          [say('codeCreated'), <Time key="created" atS={code.CreatedOn} />],
          [say('codeUpdated'), <Time key="updated" atS={code.UpdatedOn} />],
        ]}
      />
      {mayChange.value && code.State !== 'Cancelled' && (
        <div class="buttons start">
          <button type="button" onClick={() => setOpen(true)}>
            {say('codeEditDetails')}
          </button>
        </div>
      )}
      {isOpen && <EditDetails code={code} onChange={onChange} onClose={() => setOpen(false)} />}
    </section>
  );
}

interface EditProps {
  code: Code;
  onChange: () => Promise<void>;
  onClose: () => void;
}

function EditDetails({ code: { CodeId, Version, ExternalId, Labels, Note }, onChange, onClose }: EditProps) {
  const doing = useDoing();
  async function save(data: FormData): Promise<void> {
    const textOf = (name: string) => String(data.get(name) ?? '').trim();
    const changes = {
      ExternalId: textOf('externalId') || null,
      Labels: labelsIn(textOf('labels')),
      Note: textOf('note') || null,
    };
    const isDone = await doing.run(async () => {
      const options = { step: 'stepSaveDetails', idempotencyKey: newIdempotencyKey() } as const;
      await call('ModifyMultiFlowSignQRCode', { CodeId, Version, ...changes }, options);
      await onChange();
    });
    if (isDone) onClose();
  }
  return (
    <FormDialog
      title={say('codeEditDetails')}
      send={say('save')}
      doing={doing}
      onSend={(data) => void save(data)}
      onClose={onClose}
    >
      <TextField
        label={say('codeExternalId')}
        name="externalId"
        maxLength={128}
        defaultValue={ExternalId ?? ''}
      />
      <TextField
        label={say('codeLabels')}
        hint={say('codeLabelsHint')}
        name="labels"
        defaultValue={Labels.join(', ')}
      />
      <TextArea label={say('codeNote')} name="note" maxLength={1000} defaultValue={Note ?? ''} />
    </FormDialog>
  );
}
