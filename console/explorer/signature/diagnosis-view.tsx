import { CodeText } from '../../parts/code-text.tsx';
import { CopyButton } from '../../parts/copy-button.tsx';
import { Facts } from '../../parts/facts.tsx';
import type { Diagnosis } from './diagnose.ts';
import { formTexts, pageTexts, tell } from './page-texts.ts';
import type { PastedForm } from './pasted-request.ts';
import { findingTexts } from './texts.ts';

/** What is wrong, first; then every step as it should be. */
export function DiagnosisView({ form, diagnosis }: { form: PastedForm; diagnosis: Diagnosis }) {
  const { findings, ownLines, signedBody, canonicalRequest, stringToSign } = diagnosis;
  return (
    <div class="card part">
      <h2>{tell(pageTexts.result)}</h2>
      <p class="small">{tell(pageTexts.readAs, { form: tell(formTexts[form]) })}</p>
      <Verdict diagnosis={diagnosis} />
      {findings.length > 0 && (
        <ul class="points">
          {findings.map(({ key, facts }) => (
            <li key={key}>{tell(findingTexts[key], facts)}</li>
          ))}
        </ul>
      )}
      {ownLines !== undefined && (
        <>
          <p>
            {tell(pageTexts.differs, {
              line: ownLines.difference.line,
              stage: tell(pageTexts[ownLines.of]),
            })}
          </p>
          <Facts
            facts={[
              [tell(pageTexts.shouldBe), <Line key="expected" text={ownLines.difference.expected} />],
              [tell(pageTexts.is), <Line key="received" text={ownLines.difference.received} />],
            ]}
          />
        </>
      )}
      {signedBody !== undefined && <Stage title={tell(pageTexts.signedBody)} text={signedBody} />}
      <Stage title={tell(pageTexts.canonicalRequest)} text={canonicalRequest} />
      <Stage title={tell(pageTexts.stringToSign)} text={stringToSign} />
      <Facts
        facts={[
          [tell(pageTexts.signature), asCode(diagnosis.signature)],
          [tell(pageTexts.received), asCode(diagnosis.received)],
          [tell(pageTexts.authorization), asCode(diagnosis.authorization)],
        ]}
      />
    </div>
  );
}

function Verdict({ diagnosis: { isRight, findings } }: { diagnosis: Diagnosis }) {
  if (isRight === undefined) {
    const text = findings.length === 0 ? `${tell(pageTexts.noMistake)} ` : '';
    return <p class="note warn">{text + tell(pageTexts.withoutKey)}</p>;
  }
  return (
    <p class={isRight ? 'note good' : 'note bad'}>{tell(isRight ? pageTexts.right : pageTexts.wrong)}</p>
  );
}

/** With its blanks as they are, since a blank may be what differs; an empty line is visible, too. */
function Line({ text }: { text: string }) {
  return <code>{text === '' ? '∅' : text.replace(/^\s|\s$/g, '␣')}</code>;
}

const asCode = (text: string | undefined) => text !== undefined && <code class="id">{text}</code>;

function Stage({ title, text }: { title: string; text: string }) {
  return (
    <details class="code-view" open>
      <summary>{title}</summary>
      <div class="buttons start">
        <CopyButton text={text} />
      </div>
      <CodeText text={text} />
    </details>
  );
}
