import type { ComponentChildren } from 'preact';
import { say } from '../texts/say.ts';
import { CopyButton } from './copy-button.tsx';
import { Dialog } from './dialog.tsx';

export interface SecretDialogProps {
  title: string;
  /** What it is, and that it is not shown again. */
  says: string;
  secret: string;
  onClose: () => void;
  children?: ComponentChildren;
}

/** A secret, shown this once: a click beside the dialog does not take it away. */
export function SecretDialog({ title, says, secret, onClose, children }: SecretDialogProps) {
  return (
    <Dialog title={title} onClose={onClose} isFirm>
      <p>{says}</p>
      <p>
        <code class="id secret">{secret}</code>
      </p>
      {children}
      <div class="buttons">
        <CopyButton text={secret} />
        <button type="button" class="main" onClick={onClose}>
          {say('close')}
        </button>
      </div>
    </Dialog>
  );
}
