import { useRef, useState } from 'preact/hooks';
import type { ApiKey } from '../../api/answers.ts';
import { call, newIdempotencyKey } from '../../api/call.ts';
import { useDoing } from '../../api/use-doing.ts';
import { TextField } from '../../parts/field.tsx';
import { FormDialog } from '../../parts/form-dialog.tsx';
import { SecretDialog } from '../../parts/secret-dialog.tsx';
import { identity } from '../../state/session.ts';
import { say } from '../../texts/say.ts';

export interface RotateKeyProps {
  replaced: ApiKey;
  onClose: (isDone: boolean) => void;
}

/** Puts a new key in the place of one, which goes on for as long as its users need to change. */
export function RotateKey({ replaced: { KeyId, Name }, onClose }: RotateKeyProps) {
  const doing = useDoing();
  const [made, setMade] = useState<string>();
  const idempotencyKey = useRef(newIdempotencyKey());
  const isOwn = KeyId === identity.value?.KeyId;

  const rotate = (data: FormData) =>
    doing.run(async () => {
      const options = { step: 'stepRotateKey', idempotencyKey: idempotencyKey.current } as const;
      const request = { KeyId, GraceHours: Number(data.get('grace')) };
      setMade((await call('RotateApiKey', request, options)).ApiKey);
    });

  if (made !== undefined)
    return (
      <SecretDialog
        title={say('keyRotated', { name: Name })}
        says={say('keyShownOnce')}
        secret={made}
        onClose={() => onClose(true)}
      >
        {isOwn && <p class="note warn">{say('keyRotatedOwn')}</p>}
      </SecretDialog>
    );
  return (
    <FormDialog
      title={say('keyRotateSure', { name: Name })}
      send={say('keyRotate')}
      doing={doing}
      onSend={(data) => void rotate(data)}
      onChange={() => {
        idempotencyKey.current = newIdempotencyKey();
      }}
      onClose={() => onClose(false)}
    >
      <p>{say('keyRotateHint')}</p>
      <TextField
        label={say('keyGrace')}
        hint={say('keyGraceHint')}
        name="grace"
        type="number"
        min={0}
        max={87_600}
        step={1}
        defaultValue="24"
        required
      />
    </FormDialog>
  );
}
