import type { ComponentChildren } from 'preact';
import type { Doing } from '../api/use-doing.ts';
import { say } from '../texts/say.ts';
import { Dialog } from './dialog.tsx';
import { ProblemNote } from './problem-note.tsx';

export interface FormDialogProps {
  title: string;
  /** What the button says that sends the form. */
  send: string;
  doing: Pick<Doing, 'isBusy' | 'problem'>;
  onSend: (data: FormData) => void;
  /** Told of what is typed. */
  onChange?: () => void;
  onClose: () => void;
  children: ComponentChildren;
}

/** A form in a dialog: sent or left, and it says why it was refused. */
export function FormDialog({ title, send, doing, onSend, onChange, onClose, children }: FormDialogProps) {
  function submit(event: SubmitEvent): void {
    event.preventDefault();
    if (event.currentTarget instanceof HTMLFormElement) onSend(new FormData(event.currentTarget));
  }
  return (
    <Dialog title={title} onClose={onClose}>
      <form class="part" onSubmit={submit} onInput={onChange}>
        {children}
        <ProblemNote problem={doing.problem} />
        <div class="buttons">
          <button type="button" onClick={onClose}>
            {say('cancelDialog')}
          </button>
          <button type="submit" class="main" disabled={doing.isBusy}>
            {send}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
