import type { ComponentChildren } from 'preact';
import type { Doing } from '../api/use-doing.ts';
import { say } from '../texts/say.ts';
import { Dialog } from './dialog.tsx';
import { ProblemNote } from './problem-note.tsx';

export interface SureDialogProps {
  title: string;
  /** What the button says that does it. */
  go: string;
  doing: Pick<Doing, 'isBusy' | 'problem'>;
  onGo: () => void;
  onClose: () => void;
  /** What follows from it. */
  children: ComponentChildren;
}

/** Asks before something that cannot be undone, and says why it was not done. */
export function SureDialog({ title, go, doing, onGo, onClose, children }: SureDialogProps) {
  return (
    <Dialog title={title} onClose={onClose}>
      {children}
      <ProblemNote problem={doing.problem} />
      <div class="buttons">
        <button type="button" onClick={onClose}>
          {say('cancelDialog')}
        </button>
        <button type="button" class="danger" disabled={doing.isBusy} onClick={onGo}>
          {go}
        </button>
      </div>
    </Dialog>
  );
}
