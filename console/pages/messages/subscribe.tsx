import { useState } from 'preact/hooks';
import type { EventType } from '../../../shared/codes/events.ts';
import type { Subscription } from '../../api/answers.ts';
import { call, newIdempotencyKey } from '../../api/call.ts';
import { useDoing } from '../../api/use-doing.ts';
import { Checkbox, Select, TextField } from '../../parts/field.tsx';
import { FormDialog } from '../../parts/form-dialog.tsx';
import { SecretDialog } from '../../parts/secret-dialog.tsx';
import { identity, maySeeAll } from '../../state/session.ts';
import { say } from '../../texts/say.ts';

/** Every kind and type, since the types demand a text of each. */
const kinds = {
  'standard-webhooks': true,
  webhook: true,
  wecom: true,
  feishu: true,
  dingtalk: true,
} as const satisfies Record<Subscription['Kind'], true>;
const eventTypes = {
  'code.created': true,
  'code.outcome_unknown': true,
  'code.renewed': true,
  'code.renewal_failed': true,
  'code.expiring': true,
  'code.usage_threshold': true,
  'code.exhausted': true,
  'code.expired': true,
  'code.paused': true,
  'code.resumed': true,
  'code.cancelled': true,
  'code.template_unusable': true,
  'code.template_usable': true,
  'quota.exhausted': true,
  'quota.restored': true,
  'contract.started': true,
  'contract.completed': true,
  'contract.ended': true,
} as const satisfies Record<EventType, true>;

// The keys of objects of those types.
const allKinds = Object.keys(kinds) as readonly Subscription['Kind'][];
const allTypes = Object.keys(eventTypes) as readonly EventType[];

/** Has events sent to an address. The secret that proves them is shown once, here. */
export function Subscribe({ onClose }: { onClose: (isDone: boolean) => void }) {
  const doing = useDoing();
  const [made, setMade] = useState<Subscription & { Secret?: string }>();
  const caller = identity.value;
  const own = caller?.Agent?.ProxyOrganizationOpenId ?? caller?.Organizations?.[0] ?? '';

  async function send(data: FormData): Promise<void> {
    await doing.run(async () => {
      const options = { step: 'stepSubscribe', idempotencyKey: newIdempotencyKey() } as const;
      const answer = await call('CreateEventSubscription', requestIn(data), options);
      // Robots and plain addresses have none that we make.
      if (answer.Secret === undefined) onClose(true);
      else setMade(answer);
    });
  }

  if (made?.Secret !== undefined)
    return (
      <SecretDialog
        title={say('saved')}
        says={say('subscriptionShownOnce')}
        secret={made.Secret}
        onClose={() => onClose(true)}
      />
    );
  return (
    <FormDialog
      title={say('subscriptionNew')}
      send={say('subscriptionNew')}
      doing={doing}
      onSend={(data) => void send(data)}
      onClose={() => onClose(false)}
    >
      <div class="fields">
        <Select
          label={say('subscriptionKind')}
          name="kind"
          defaultValue="standard-webhooks"
          choices={allKinds.map((value) => ({ value, text: say(`kind_${value}`) }))}
        />
        <TextField label={say('subscriptionUrl')} name="url" type="url" required autocomplete="off" />
        <TextField
          label={say('subscriptionSecret')}
          hint={say('subscriptionSecretHint')}
          name="secret"
          type="password"
          autocomplete="off"
        />
        <TextField
          label={say('subscriptionWhose')}
          hint={maySeeAll.value ? `${say('subscriptionAll')}: ${say('optional')}` : undefined}
          name="organization"
          defaultValue={own}
          required={!maySeeAll.value}
        />
        <TextField label={say('subscriptionNoteOf')} name="note" maxLength={1000} />
      </div>
      <fieldset>
        <legend>{say('subscriptionTypes')}</legend>
        <p class="hint">{say('subscriptionTypesHint')}</p>
        <div class="fields">
          {allTypes.map((type) => (
            <Checkbox key={type} label={say(`event_${type}`)} name="types" value={type} />
          ))}
        </div>
      </fieldset>
    </FormDialog>
  );
}

/** Without an organisation those of all are meant, which an administrator of all may ask for. */
function requestIn(data: FormData) {
  const textOf = (name: string) => String(data.get(name) ?? '').trim();
  const types = data.getAll('types').map(String);
  const organization = textOf('organization');
  return {
    Kind: textOf('kind'),
    Url: textOf('url'),
    ...(organization === '' ? { AllOrganizations: true } : { ProxyOrganizationOpenId: organization }),
    ...(types.length > 0 && { EventTypes: types }),
    ...(textOf('secret') !== '' && { Secret: textOf('secret') }),
    ...(textOf('note') !== '' && { Note: textOf('note') }),
  };
}
