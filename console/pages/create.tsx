import { useRef, useState } from 'preact/hooks';
import type { Batch, CreatedCode, DryRun, Template } from '../api/answers.ts';
import { call, newIdempotencyKey } from '../api/call.ts';
import { mostOfBatch } from '../api/most-of-batch.ts';
import { useDoing } from '../api/use-doing.ts';
import { BatchProgress } from '../parts/code/batch-progress.tsx';
import { labelsIn } from '../parts/code/labels-in.ts';
import { TextArea, TextField } from '../parts/field.tsx';
import { ProblemNote } from '../parts/problem-note.tsx';
import { hrefOf } from '../state/route.ts';
import { number, say, time } from '../texts/say.ts';
import { type CreateForm, createRequest, peopleIn } from './create/create-request.ts';
import { rowsIn } from './create/rows-in.ts';
import { TemplateChoice } from './create/template-choice.tsx';
import { WhoseBehalf } from './create/whose-behalf.tsx';

type Result =
  | { kind: 'checked'; answer: DryRun }
  | { kind: 'made'; answer: CreatedCode }
  | { kind: 'all-checked'; count: number }
  | { kind: 'begun'; answer: Batch };

/** A new code: whose, with which template, for how many; checked before it is made. */
export function CreatePage() {
  const { isBusy, problem, run } = useDoing();
  const form = useRef<HTMLFormElement>(null);
  const [template, setTemplate] = useState<Template>();
  const [result, setResult] = useState<Result>();
  /** The same for every try of one form, so that a create is never made twice. */
  const idempotencyKey = useRef(newIdempotencyKey());
  const [people, setPeople] = useState('');
  const [many, setMany] = useState('');
  const rows = rowsIn(many);
  const isTooMany = rows.length > mostOfBatch;
  const wrongLine = peopleIn(people).wrongLine;

  async function send(isDry: boolean): Promise<void> {
    const { current } = form;
    if (current === null || !current.reportValidity()) return;
    setResult(undefined);
    const request = createRequest(readForm(new FormData(current), people));
    if (rows.length > 0) return sendAll(request, isDry);
    await run(async () => {
      const body = isDry ? { ...request, DryRun: true } : request;
      const answer = await call('ChannelCreateMultiFlowSignQRCode', body, {
        step: isDry ? 'stepDryRun' : 'stepCreate',
        ...(!isDry && { idempotencyKey: idempotencyKey.current }),
      });
      // A dry run is answered as one.
      setResult(isDry ? { kind: 'checked', answer: answer as DryRun } : { kind: 'made', answer });
    });
  }

  /** One code for each row; one answer names the problems of all of them. */
  async function sendAll(request: ReturnType<typeof createRequest>, isDry: boolean): Promise<void> {
    const { Agent, ...common } = request;
    const Rows = rows.map((row) => ({ ...common, ...row }));
    await run(async () => {
      const answer = await call(
        'BatchCreateMultiFlowSignQRCode',
        { Agent, Rows, ...(isDry && { DryRun: true }) },
        { step: 'stepBatch', ...(!isDry && { idempotencyKey: idempotencyKey.current }) },
      );
      setResult(isDry ? { kind: 'all-checked', count: rows.length } : { kind: 'begun', answer });
    });
  }

  if (result?.kind === 'begun') {
    return (
      <section class="card">
        <h1>{say('batchTitle')}</h1>
        <BatchProgress begun={result.answer} />
        <div class="buttons start">
          <a class="button main" href={hrefOf(['codes'])}>
            {say('toCodes')}
          </a>
        </div>
      </section>
    );
  }
  if (result?.kind === 'made') {
    return (
      <Made
        code={result.answer}
        onAnother={() => {
          idempotencyKey.current = newIdempotencyKey();
          setResult(undefined);
        }}
      />
    );
  }
  return (
    <>
      <h1>{say('createTitle')}</h1>
      <form
        ref={form}
        class="part"
        onSubmit={(event) => {
          event.preventDefault();
          void send(false);
        }}
        onInput={() => {
          // What has changed is another code than the one before.
          if (!isBusy) idempotencyKey.current = newIdempotencyKey();
          setResult(undefined);
        }}
      >
        <fieldset class="card">
          <legend>{say('createTemplateTitle')}</legend>
          <WhoseBehalf />
          <TemplateChoice form={form} template={template} onChoose={setTemplate} />
        </fieldset>
        <fieldset class="card">
          <legend>{say('createWhat')}</legend>
          <div class="fields">
            <TextField
              label={say('createFlowName')}
              hint={say('createFlowNameHint')}
              name="flowName"
              maxLength={200}
              required
            />
            <TextField label={say('createQrCodeName')} hint={say('createQrCodeNameHint')} name="qrCodeName" />
            <TextField
              label={say('createMaxFlowNum')}
              name="maxFlowNum"
              type="number"
              min={1}
              step={1}
              defaultValue="100"
              required
            />
            <TextField
              label={say('createDays')}
              name="days"
              type="number"
              min={1}
              max={90}
              step={1}
              defaultValue="7"
              required
            />
            <TextField
              label={say('createSignDays')}
              name="signDays"
              type="number"
              min={1}
              step={1}
              defaultValue="7"
              required
            />
          </div>
        </fieldset>
        <details class="card">
          <summary>{say('createRestrictions')}</summary>
          <TextArea
            label={say('createRestrictions')}
            hint={
              wrongLine === undefined
                ? say('createRestrictionsHint')
                : say('createRestrictionsWrong', { line: wrongLine })
            }
            autocomplete="off"
            spellcheck={false}
            value={people}
            onInput={({ currentTarget }) => {
              setPeople(currentTarget.value);
              const { wrongLine: line } = peopleIn(currentTarget.value);
              currentTarget.setCustomValidity(
                line === undefined ? '' : say('createRestrictionsWrong', { line }),
              );
            }}
          />
        </details>
        <details class="card">
          <summary>{say('createMany')}</summary>
          <TextArea
            label={say('createMany')}
            hint={say('createManyHint')}
            rows={8}
            spellcheck={false}
            value={many}
            onInput={({ currentTarget }) => setMany(currentTarget.value)}
          />
        </details>
        <details class="card">
          <summary>{say('createOwn')}</summary>
          <div class="fields">
            <TextField label={say('codeExternalId')} name="externalId" maxLength={128} />
            <TextField label={say('codeLabels')} hint={say('codeLabelsHint')} name="labels" />
          </div>
          <TextArea label={say('codeNote')} name="note" maxLength={1000} />
        </details>
        <ProblemNote problem={problem} />
        {isTooMany && (
          <p class="note warn" role="status">
            {say('batchTooMany', { most: number(mostOfBatch), count: number(rows.length) })}
          </p>
        )}
        {result?.kind === 'all-checked' && (
          <p class="note good" role="status">
            {say('createManyChecked', { count: number(result.count) })}
          </p>
        )}
        {result?.kind === 'checked' && <Checked answer={result.answer} />}
        <div class="buttons">
          <button type="button" disabled={isBusy || isTooMany} onClick={() => void send(true)}>
            {say('createCheck')}
          </button>
          <button
            type="submit"
            class="main"
            disabled={isBusy || isTooMany || template?.SignCode?.Fitness === 'Unfit'}
          >
            {rows.length > 0 ? say('createManyGo', { count: number(rows.length) }) : say('createGo')}
          </button>
        </div>
      </form>
    </>
  );
}

function Checked({ answer: { MaxFlowNum, ExpiredTime } }: { answer: DryRun }) {
  return (
    <p class="note good" role="status">
      {say('createCheckedFine', { max: number(MaxFlowNum), until: time(ExpiredTime) })}
    </p>
  );
}

function Made({ code: { CodeId, StableUrl }, onAnother }: { code: CreatedCode; onAnother: () => void }) {
  return (
    <section class="card" role="status">
      <h1>{say('createDone')}</h1>
      <p>
        {say('codeStableLink')}{' '}
        <a href={StableUrl} target="_blank" rel="noopener">
          {StableUrl}
        </a>
      </p>
      <div class="buttons start">
        <a class="button main" href={hrefOf(['codes', CodeId])}>
          {say('createOpen')}
        </a>
        <button type="button" onClick={onAnother}>
          {say('createAnother')}
        </button>
      </div>
    </section>
  );
}

function readForm(data: FormData, people: string): CreateForm {
  const textOf = (name: string) => String(data.get(name) ?? '').trim();
  return {
    organization: textOf('organization'),
    operator: textOf('operator'),
    templateId: textOf('templateId'),
    flowName: textOf('flowName'),
    qrCodeName: textOf('qrCodeName'),
    maxFlowNum: Number(textOf('maxFlowNum')),
    days: Number(textOf('days')),
    signDays: Number(textOf('signDays')),
    people,
    externalId: textOf('externalId'),
    labels: labelsIn(textOf('labels')),
    note: textOf('note'),
  };
}
