import type { ComponentChildren } from 'preact';
import { useId, useLayoutEffect, useRef } from 'preact/hooks';
import { say } from '../texts/say.ts';

export interface DialogProps {
  title: string;
  onClose: () => void;
  /** A drawer at the side instead of a box in the middle. */
  isDrawer?: boolean;
  /** A click beside it does not close it. */
  isFirm?: boolean;
  children: ComponentChildren;
}

/** A native dialog, open as long as it is there: the browser keeps the focus in it and gives it back. */
export function Dialog({ title, onClose, isDrawer = false, isFirm = false, children }: DialogProps) {
  const element = useRef<HTMLDialogElement>(null);
  const id = useId();
  // Closed before it is taken off the page: one that is gone gives the focus back to nobody.
  useLayoutEffect(() => {
    const { current } = element;
    current?.showModal();
    return () => {
      current?.close();
      // What opened it may go with what was done, in the same drawing: the keyboard goes on at the page, not at its top.
      queueMicrotask(() => {
        if (document.activeElement === document.body) document.getElementById('page')?.focus();
      });
    };
  }, []);
  return (
    <dialog
      ref={element}
      class={isDrawer ? 'drawer' : 'box'}
      aria-labelledby={id}
      // The page closes it, not the browser: what it was opened by may ask for it again before a drawing has come between.
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      // Taken off the page it is closed too, which nobody asked for: whatever came in its place stays.
      onClose={({ currentTarget }) => currentTarget.isConnected && onClose()}
      // A click beside it closes it, where the browser knows how.
      closedby={isFirm ? 'closerequest' : 'any'}
    >
      <div class="dialog-content">
        <div class="dialog-head">
          <h2 id={id}>{title}</h2>
          <button type="button" class="quiet" onClick={onClose}>
            {say('close')}
          </button>
        </div>
        {children}
      </div>
    </dialog>
  );
}
