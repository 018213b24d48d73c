import { signal } from '@preact/signals';
import { Bytes } from './bytes.tsx';
import type { Outcome, ShownAnswer, ShownRequest } from './calls.ts';
import { Choice } from './choice.tsx';
import { CodeTabs } from './code-tabs.tsx';
import type { Action, Contract } from './contracts.ts';
import { ErrorNote } from './error-note.tsx';
import { SignatureSteps } from './signature-steps.tsx';
import { type ExplorerText, tell } from './texts.ts';

type Tab = 'answer' | 'request' | 'signature' | 'code';
const tabTexts: Readonly<Record<Tab, ExplorerText>> = {
  answer: 'tabAnswer',
  request: 'tabRequest',
  signature: 'tabSignature',
  code: 'tabCode',
};
/** Our own actions have no signature. */
const tabsOf = (api: Action['api']): readonly Tab[] =>
  api === 'own' ? ['answer', 'request', 'code'] : ['answer', 'request', 'signature', 'code'];

/** The tab that was chosen last, for all actions. */
const chosenTab = signal<Tab>('code');
export function showTab(tab: Tab): void {
  chosenTab.value = tab;
}

export interface OutcomeViewProps {
  action: Action;
  contract: Contract;
  /** The request as it is written now: for the code. */
  body: string;
  /** Of the last call. */
  outcome: Outcome | undefined;
  /** Where the deployment has upstream, once that is known. */
  endpoint: string | undefined;
}

/** What came of a call, how it went, and how to make it elsewhere. */
export function OutcomeView({ action, contract, body, outcome, endpoint }: OutcomeViewProps) {
  const tabs = tabsOf(action.api);
  const tab = tabs.includes(chosenTab.value) ? chosenTab.value : 'answer';
  return (
    <section class="card result" aria-label={tell('result')}>
      <Choice
        label={tell('result')}
        values={tabs}
        chosen={tab}
        textOf={(one) => tell(tabTexts[one])}
        onChoose={showTab}
      />
      {tab === 'code' ? (
        <CodeTabs action={action} contract={contract} body={body} endpoint={endpoint} />
      ) : outcome === undefined ? (
        <p class="small">{tell(tab === 'signature' ? 'signatureNone' : 'noCallYet')}</p>
      ) : tab === 'answer' ? (
        <AnswerPart outcome={outcome} contract={contract} />
      ) : tab === 'request' ? (
        <RequestPart sent={outcome.sent} />
      ) : (
        outcome.signature && <SignatureSteps signature={outcome.signature} />
      )}
    </section>
  );
}

function AnswerPart({ outcome: { received, error }, contract }: { outcome: Outcome; contract: Contract }) {
  if (received === undefined) return <p class="small">{tell('notSentYet')}</p>;
  const mood = received.status === 200 && error === undefined ? 'good' : 'bad';
  return (
    <>
      <p>
        <span class={`tag ${mood}`}>{error ?? received.status}</span>{' '}
        {tell('took', { status: `HTTP ${received.status}`, ms: received.durationMs })}
      </p>
      {error !== undefined && <ErrorNote code={error} contract={contract} />}
      <Bytes title={tell('body')} text={indented(received.body)} />
      <HeaderPart headers={received.headers} />
    </>
  );
}

function RequestPart({ sent }: { sent: ShownRequest }) {
  return (
    <>
      <p>
        <code>POST {sent.url}</code>
      </p>
      <HeaderPart headers={sent.headers} />
      <Bytes title={tell('body')} text={sent.body} />
    </>
  );
}

function HeaderPart({ headers }: Pick<ShownAnswer, 'headers'>) {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  return <Bytes title={tell('headers')} text={lines.join('\n')} />;
}

function indented(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}
