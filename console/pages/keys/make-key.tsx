import { useRef, useState } from 'preact/hooks';
import type { CallerIdentity } from '../../api/answers.ts';
import { call, newIdempotencyKey } from '../../api/call.ts';
import { useDoing } from '../../api/use-doing.ts';
import { labelsIn } from '../../parts/code/labels-in.ts';
import { Select, TextField } from '../../parts/field.tsx';
import { FormDialog } from '../../parts/form-dialog.tsx';
import { SecretDialog } from '../../parts/secret-dialog.tsx';
import { say } from '../../texts/say.ts';

const roles = ['viewer', 'operator', 'admin'] as const satisfies readonly CallerIdentity['Role'][];

/** Makes a key for somebody, and shows it this once. */
export function MakeKey({ onClose }: { onClose: (isDone: boolean) => void }) {
  const doing = useDoing();
  const [made, setMade] = useState<string>();
  /** The same for every try, so that one form makes one key. */
  const idempotencyKey = useRef(newIdempotencyKey());

  const make = (data: FormData) =>
    doing.run(async () => {
      const options = { step: 'stepMakeKey', idempotencyKey: idempotencyKey.current } as const;
      setMade((await call('CreateApiKey', requestIn(data), options)).ApiKey);
    });

  if (made !== undefined)
    return (
      <SecretDialog
        title={say('keyMade')}
        says={say('keyShownOnce')}
        secret={made}
        onClose={() => onClose(true)}
      />
    );
  return (
    <FormDialog
      title={say('keyMake')}
      send={say('keyMake')}
      doing={doing}
      onSend={(data) => void make(data)}
      onChange={() => {
        idempotencyKey.current = newIdempotencyKey();
      }}
      onClose={() => onClose(false)}
    >
      <div class="fields">
        <TextField
          label={say('keyName')}
          hint={say('keyNameHint')}
          name="name"
          maxLength={100}
          required
          autocomplete="off"
        />
        <Select
          label={say('keyRole')}
          name="role"
          defaultValue="viewer"
          choices={roles.map((value) => ({ value, text: say(`role_${value}`) }))}
        />
        <TextField
          label={say('keyOrganizations')}
          hint={say('keyOrganizationsHint')}
          name="organizations"
          autocomplete="off"
        />
        <TextField
          label={say('keyOperator')}
          hint={say('keyOperatorHint')}
          name="operator"
          maxLength={64}
          autocomplete="off"
        />
        <TextField
          label={say('keyDays')}
          hint={say('keyDaysHint')}
          name="days"
          type="number"
          min={1}
          max={87_600}
          step={1}
        />
      </div>
    </FormDialog>
  );
}

/** What is left empty sets no bound. */
function requestIn(data: FormData) {
  const textOf = (name: string) => String(data.get(name) ?? '').trim();
  const organizations = labelsIn(textOf('organizations'));
  return {
    Name: textOf('name'),
    Role: textOf('role'),
    ...(organizations.length > 0 && { Organizations: organizations }),
    ...(textOf('operator') !== '' && { ProxyOperatorOpenId: textOf('operator') }),
    ...(textOf('days') !== '' && { ExpiresInDays: Number(textOf('days')) }),
  };
}
