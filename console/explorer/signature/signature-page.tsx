import { useState } from 'preact/hooks';
import { TextArea, TextField } from '../../parts/field.tsx';
import { type Diagnosis, diagnose } from './diagnose.ts';
import { DiagnosisView } from './diagnosis-view.tsx';
import { pageTexts, tell } from './page-texts.ts';
import type { PastedForm } from './pasted-request.ts';
import { readRequest } from './read-request.ts';

type Result = { form: PastedForm; diagnosis: Diagnosis } | 'unreadable';

/** What is typed is in this page's memory alone: no address, storage or request has it. */
export function SignaturePage() {
  const [pasted, setPasted] = useState('');
  const [secretKey, setSecretKey] = useState('');
  const [ownCanonicalRequest, setOwnCanonicalRequest] = useState('');
  const [ownStringToSign, setOwnStringToSign] = useState('');
  const [result, setResult] = useState<Result>();

  const examine = (event: Event) => {
    event.preventDefault();
    const request = readRequest(pasted);
    if (request === undefined) {
      setResult('unreadable');
      return;
    }
    const nowS = Math.floor(Date.now() / 1000);
    const question = { request, nowS, secretKey, ownCanonicalRequest, ownStringToSign };
    setResult({ form: request.form, diagnosis: diagnose(question) });
  };

  return (
    <>
      <h1>{tell(pageTexts.title)}</h1>
      <p class="small">{tell(pageTexts.about)}</p>
      <form class="card part" onSubmit={examine}>
        <TextArea
          label={tell(pageTexts.request)}
          hint={tell(pageTexts.requestHint)}
          rows={12}
          spellcheck={false}
          required
          value={pasted}
          onInput={({ currentTarget }) => setPasted(currentTarget.value)}
        />
        <TextField
          label={tell(pageTexts.secretKey)}
          hint={tell(pageTexts.secretKeyHint)}
          type="password"
          autocomplete="off"
          value={secretKey}
          onInput={({ currentTarget }) => setSecretKey(currentTarget.value)}
        />
        <details>
          <summary>{tell(pageTexts.ownLegend)}</summary>
          <div class="part">
            <TextArea
              label={tell(pageTexts.ownCanonicalRequest)}
              rows={9}
              spellcheck={false}
              value={ownCanonicalRequest}
              onInput={({ currentTarget }) => setOwnCanonicalRequest(currentTarget.value)}
            />
            <TextArea
              label={tell(pageTexts.ownStringToSign)}
              rows={4}
              spellcheck={false}
              value={ownStringToSign}
              onInput={({ currentTarget }) => setOwnStringToSign(currentTarget.value)}
            />
          </div>
        </details>
        <div class="buttons">
          <button type="submit" class="main">
            {tell(pageTexts.examine)}
          </button>
        </div>
      </form>
      <section aria-live="polite">
        {result === 'unreadable' && <p class="note bad">{tell(pageTexts.unreadable)}</p>}
        {result !== undefined && result !== 'unreadable' && <DiagnosisView {...result} />}
      </section>
    </>
  );
}
