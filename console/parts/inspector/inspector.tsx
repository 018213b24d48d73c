import { signal } from '@preact/signals';
import { type CallRecord, calls, forgetCalls } from '../../api/call-record.ts';
import { dictionary } from '../../texts/dictionary.ts';
import { say, timeToSecond } from '../../texts/say.ts';
import { Tag } from '../code/state-tag.tsx';
import { Dialog } from '../dialog.tsx';
import { type Column, Table } from '../table.tsx';
import { CodeView } from './code-view.tsx';

const isOpen = signal(false);

/** Opens the list of calls, and says how many there are. */
export function InspectorButton() {
  const open = () => {
    isOpen.value = true;
  };
  return (
    <>
      <button type="button" class="quiet" aria-haspopup="dialog" onClick={open}>
        {say('inspector')} <span class="count">{calls.value.length}</span>
      </button>
      {isOpen.value && <Inspector />}
    </>
  );
}

const columns: readonly Column<CallRecord>[] = [
  { title: 'callAction', isHead: true, cell: ({ method, action }) => <code>{`${method} ${action}`}</code> },
  {
    title: 'callOutcome',
    cell: ({ status, problem }) => (
      <>
        <Tag mood={problem === undefined ? 'good' : 'bad'}>{problem ?? say('callDone')}</Tag>{' '}
        {status !== undefined && <span class="small">{status}</span>}
      </>
    ),
  },
  {
    title: 'callDuration',
    isNumber: true,
    cell: ({ durationMs }) => say('milliseconds', { count: durationMs }),
  },
  {
    title: 'callRequestId',
    cell: ({ requestId, upstreamRequestId }) => (
      <>
        <code class="id">{requestId ?? '–'}</code>
        {upstreamRequestId !== undefined && (
          <span class="small">
            {say('callUpstreamId')} <code class="id">{upstreamRequestId}</code>
          </span>
        )}
      </>
    ),
  },
];

/** Every call of this tab, by what the person did. */
function Inspector() {
  const close = () => {
    isOpen.value = false;
  };
  const steps = [...new Set(calls.value.map(({ stepNumber }) => stepNumber))];
  return (
    <Dialog title={say('inspector')} onClose={close} isDrawer>
      <p class="small">{say('inspectorHint')}</p>
      {steps.length === 0 ? (
        <p>{say('inspectorEmpty')}</p>
      ) : (
        <button type="button" onClick={forgetCalls}>
          {say('inspectorForget')}
        </button>
      )}
      {steps.map((stepNumber) => {
        const own = calls.value.filter((one) => one.stepNumber === stepNumber);
        const first = own.at(-1);
        if (first === undefined) return null;
        return (
          <section key={stepNumber} class="step">
            <h3>
              {Object.hasOwn(dictionary, first.step) ? say(first.step) : first.step}{' '}
              <span class="small">{timeToSecond(first.atMs)}</span>
            </h3>
            <Table caption="inspector" columns={columns} rows={own} keyOf={(one) => one.number} />
            {own.map((one) => (
              <CodeView key={one.number} call={one} onLeave={close} />
            ))}
          </section>
        );
      })}
    </Dialog>
  );
}
