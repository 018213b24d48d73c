import type { ApiKey } from '../../api/answers.ts';
import { call, newIdempotencyKey } from '../../api/call.ts';
import { useDoing } from '../../api/use-doing.ts';
import { SureDialog } from '../../parts/sure-dialog.tsx';
import { endSession, identity } from '../../state/session.ts';
import { say } from '../../texts/say.ts';

export interface RevokeKeyProps {
  revoked: ApiKey;
  onClose: (isDone: boolean) => void;
}

/** Ends a key at once; with one's own the session is over. */
export function RevokeKey({ revoked: { KeyId, Name }, onClose }: RevokeKeyProps) {
  const doing = useDoing();
  const isOwn = KeyId === identity.value?.KeyId;

  async function revoke(): Promise<void> {
    const isDone = await doing.run(async () => {
      const options = { step: 'stepRevokeKey', idempotencyKey: newIdempotencyKey() } as const;
      await call('RevokeApiKey', { KeyId }, options);
    });
    if (!isDone) return;
    if (isOwn) endSession();
    else onClose(true);
  }

  return (
    <SureDialog
      title={say('keyRevokeSure', { name: Name })}
      go={say('keyRevoke')}
      doing={doing}
      onGo={() => void revoke()}
      onClose={() => onClose(false)}
    >
      <p>{say('keyRevokeHint')}</p>
      {isOwn && <p class="note warn">{say('keyRevokeOwn')}</p>}
    </SureDialog>
  );
}
