import { Dialog } from '../parts/dialog.tsx';
import { say } from '../texts/say.ts';
import type { Preview } from './calls.ts';
import type { Action } from './contracts.ts';
import { type ExplorerText, tell } from './texts.ts';

export interface SureCallProps {
  action: Action;
  /** Of a call of Tencent's. */
  preview: Preview | undefined;
  onGo: () => void;
  onClose: () => void;
}

/** What a call of Tencent's does that the register does not do. */
const consequences: Readonly<Record<string, ExplorerText>> = {
  ChannelCreateMultiFlowSignQRCode: 'sureCreate',
  ChannelCancelMultiFlowSignQRCode: 'sureCancel',
};

/** Says where a call goes and what follows from it, before it is made. */
export function SureCall({ action, preview, onGo, onClose }: SureCallProps) {
  const consequence = consequences[action.name];
  return (
    <Dialog title={tell('sureTitle', { action: action.name })} onClose={onClose}>
      {preview === undefined ? (
        <p>{tell('sureOwn')}</p>
      ) : (
        <>
          <p class={`note ${preview.isReal ? 'bad' : 'good'}`}>
            {tell(preview.isReal ? 'sureReal' : 'sureEmulator', { endpoint: preview.endpoint })}
          </p>
          {preview.problems.length > 0 && (
            <p class="note warn">
              {tell('problems', { count: preview.problems.length })}. {tell('problemsNote')}
            </p>
          )}
          {consequence !== undefined && <p>{tell(consequence)}</p>}
          {action.changes && <p class="small">{tell('sureAudit')}</p>}
        </>
      )}
      <div class="buttons">
        <button type="button" onClick={onClose}>
          {say('cancelDialog')}
        </button>
        <button type="button" class={preview?.isReal ? 'danger' : 'main'} onClick={onGo}>
          {tell('sureGo')}
        </button>
      </div>
    </Dialog>
  );
}
