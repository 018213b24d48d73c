import type { Code } from '../../api/answers.ts';
import { call, newIdempotencyKey } from '../../api/call.ts';
import { useDoing } from '../../api/use-doing.ts';
import { Checkbox, Select, TextField } from '../../parts/field.tsx';
import { FormDialog } from '../../parts/form-dialog.tsx';
import { say } from '../../texts/say.ts';

const [hourS, dayS] = [3_600, 86_400];

interface EditProps {
  code: Code;
  onChange: () => Promise<void>;
  onClose: () => void;
}

/** A form of the whole policy. It names the version that is seen, so that a change by somebody else is not lost. */
export function EditPolicy({ code: { CodeId, Version, RenewalPolicy: now }, onChange, onClose }: EditProps) {
  const doing = useDoing();
  async function save(RenewalPolicy: ReturnType<typeof policyIn>): Promise<void> {
    const isDone = await doing.run(async () => {
      const options = { step: 'stepSavePolicy', idempotencyKey: newIdempotencyKey() } as const;
      await call('ModifyMultiFlowSignQRCode', { CodeId, Version, RenewalPolicy }, options);
      await onChange();
    });
    if (isDone) onClose();
  }
  return (
    <FormDialog
      title={say('policyEdit')}
      send={say('save')}
      doing={doing}
      onSend={(data) => void save(policyIn(data))}
      onClose={onClose}
    >
      <Checkbox label={say('policyEnabled')} name="enabled" defaultChecked={now.Enabled} />
      <div class="fields">
        <Amount label={say('policyLead')} name="lead" value={now.LeadTimeS / hourS} min={1 / 60} />
        <Amount label={say('policyPercent')} name="percent" value={now.ExhaustionPercent} max={100} isWhole />
        <Amount
          label={say('policyMaxFlowNum')}
          name="maxFlowNum"
          value={now.MaxFlowNum}
          hint={say('policyAsFirst')}
          isWhole
        />
        <Amount
          label={say('policyLife')}
          name="life"
          value={now.LifeS === null ? null : now.LifeS / dayS}
          min={0.01}
          hint={say('policyAsFirst')}
        />
        <TextField
          label={say('policyEndsOn')}
          name="endsOn"
          type="datetime-local"
          hint={say('policyNoEnd')}
          defaultValue={now.EndsOn === null ? '' : localTime(now.EndsOn)}
        />
        <Amount
          label={say('policyMaxGenerations')}
          name="maxGenerations"
          value={now.MaxGenerations}
          isWhole
        />
        <Amount
          label={say('policyBudget')}
          name="budget"
          value={now.TotalFlowBudget}
          hint={say('policyNoEnd')}
          isWhole
        />
        <Select
          label={say('policyPredecessor')}
          name="predecessor"
          defaultValue={now.Predecessor}
          choices={[
            { value: 'expire', text: say('policyExpire') },
            { value: 'cancel', text: say('policyCancel') },
          ]}
        />
      </div>
    </FormDialog>
  );
}

interface AmountProps {
  label: string;
  name: string;
  value: number | null;
  min?: number;
  max?: number;
  isWhole?: boolean;
  /** What holds where nothing is filled in; without one it must be. */
  hint?: string;
}

function Amount({ value, min = 1, isWhole = false, hint, ...rest }: AmountProps) {
  return (
    <TextField
      {...rest}
      type="number"
      min={isWhole ? min : 0}
      step={isWhole ? 1 : 'any'}
      required={hint === undefined}
      placeholder={hint ?? ''}
      defaultValue={value === null ? '' : String(value)}
    />
  );
}

/** What is left empty takes its default. */
function policyIn(data: FormData) {
  const numberOf = (name: string, unit = 1) => {
    const text = String(data.get(name) ?? '').trim();
    return text === '' ? null : Math.round(Number(text) * unit);
  };
  const endsOn = String(data.get('endsOn') ?? '');
  return {
    Enabled: data.get('enabled') !== null,
    LeadTimeS: numberOf('lead', hourS),
    ExhaustionPercent: numberOf('percent'),
    MaxFlowNum: numberOf('maxFlowNum'),
    LifeS: numberOf('life', dayS),
    EndsOn: endsOn === '' ? null : Math.floor(new Date(endsOn).getTime() / 1000),
    MaxGenerations: numberOf('maxGenerations'),
    TotalFlowBudget: numberOf('budget'),
    Predecessor: String(data.get('predecessor')),
  };
}

/** As `datetime-local` wants it: the time of the place, to the minute. Unix seconds. */
function localTime(atS: number): string {
  const at = new Date(atS * 1000);
  return new Date(atS * 1000 - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}
