import { useState } from 'preact/hooks';
import { bodyOf } from '../api/call-record.ts';
import { useDoing } from '../api/use-doing.ts';
import { ProblemNote } from '../parts/problem-note.tsx';
import { identity, maySeeAll } from '../state/session.ts';
import { say } from '../texts/say.ts';
import { callOwn, callUpstream, type Outcome, type Preview, tryUpstream } from './calls.ts';
import type { Action, Contract } from './contracts.ts';
import { firstRequest, withMember } from './first-request.ts';
import { goToField } from './form/form-state.ts';
import { type Change, RequestForm } from './form/request-form.tsx';
import { OutcomeView, showTab } from './outcome-view.tsx';
import { Prose } from './prose.tsx';
import { SureCall } from './sure-call.tsx';
import { firstParagraph, tell, told } from './texts.ts';
import { isObject } from './value.ts';

export interface ActionViewProps {
  action: Action;
  contract: Contract;
  /** A member to show at first. */
  member: string | undefined;
  /** The number of a call of this tab, whose request is to be seen. */
  callNumber: number | undefined;
}

type Problems = readonly { path: string; message: string }[];

/** One action: its request, its call, and what comes of it. */
export function ActionView({ action, contract, member, callNumber }: ActionViewProps) {
  const [first] = useState(() => {
    const request = sentBefore(action, callNumber) ?? firstRequest(action, contract, identity.peek());
    return member === undefined
      ? { value: request, place: undefined }
      : withMember(request, member, action, contract);
  });
  const [value, setValue] = useState(first.value);
  const [isBroken, setBroken] = useState(false);
  const [problems, setProblems] = useState<Problems>([]);
  const [outcome, setOutcome] = useState<Outcome>();
  const [preview, setPreview] = useState<Preview>();
  const [isAsking, setAsking] = useState(false);
  const doing = useDoing();
  const isUpstream = action.api === 'upstream';
  const mayCall = !isUpstream || maySeeAll.value;

  function change({ value: next, place, isBroken: broken = false }: Change): void {
    setValue(next);
    setBroken(broken);
    // What was said of a member was said of what it was.
    setProblems(place === undefined ? [] : problems.filter(({ path }) => path !== place));
  }
  function show(next: Outcome): void {
    setOutcome(next);
    showTab('answer');
  }
  async function begin(): Promise<void> {
    if (isUpstream) await doing.run(look);
    else if (action.changes) setAsking(true);
    else await go(undefined);
  }
  /** Nothing goes to Tencent before it is known where that would be. */
  async function look(): Promise<void> {
    const found = await tryUpstream(action, value);
    setPreview(found);
    setProblems(found.problems);
    setOutcome(found.outcome);
    if (!found.mayCall) return showTab('signature');
    if (action.changes || found.isReal || found.problems.length > 0) setAsking(true);
    else show(await callUpstream(action, value));
  }
  async function go(asked: Preview | undefined): Promise<void> {
    setAsking(false);
    await doing.run(async () => {
      if (asked !== undefined) return show(await callUpstream(action, value));
      const { outcome: came, problems: found } = await callOwn(action, value);
      setProblems(found);
      show(came);
    });
  }

  return (
    <>
      <div class="action-head">
        <h2>
          <code>{action.name}</code>
        </h2>
        <p class="sentence">
          <Prose text={firstParagraph(told(action.about))} />
        </p>
        <p class="labels">
          <span class="label">{tell(`api_${action.api}`)}</span>
          <span class="label">{tell(action.changes ? 'writes' : 'reads')}</span>
          <span class="label">{tell('role', { role: say(`role_${roleOf(action)}`) })}</span>
        </p>
      </div>
      <div class="action-parts">
        <div class="action-part">
          <RequestForm
            action={action}
            schemas={contract.schemas}
            value={value}
            problems={new Map(problems.map(({ path, message }) => [path, message]))}
            place={first.place}
            onChange={change}
          />
          <ProblemNote problem={doing.problem} />
          <ProblemList problems={problems} />
          {preview?.mayCall === false && (
            <p class="note bad" role="alert">
              {tell('mayNotCall', { endpoint: preview.endpoint })}
            </p>
          )}
          {!mayCall && <p class="note warn">{tell('adminOnly')}</p>}
          <div class="buttons call-bar">
            <button
              type="button"
              class="main"
              disabled={doing.isBusy || isBroken || !mayCall}
              onClick={() => void begin()}
            >
              {tell(doing.isBusy ? 'calling' : 'call')}
            </button>
          </div>
        </div>
        <OutcomeView
          action={action}
          contract={contract}
          body={JSON.stringify(value)}
          outcome={outcome}
          endpoint={preview?.endpoint}
        />
      </div>
      {isAsking && (
        <SureCall
          action={action}
          preview={isUpstream ? preview : undefined}
          onGo={() => void go(isUpstream ? preview : undefined)}
          onClose={() => setAsking(false)}
        />
      )}
    </>
  );
}

/** All that is wrong, each with the way to its member. */
function ProblemList({ problems }: { problems: Problems }) {
  if (problems.length === 0) return null;
  return (
    <div class="note bad" role="alert">
      <p>{tell('problems', { count: problems.length })}</p>
      <ul>
        {problems.map(({ path, message }) => (
          <li key={`${path} ${message}`}>
            {path !== '' && (
              <button type="button" class="link" onClick={() => goToField(path)}>
                {path}
              </button>
            )}{' '}
            {message}
          </li>
        ))}
      </ul>
    </div>
  );
}

/** What was sent with a call of this tab, as long as the page has it. */
function sentBefore(action: Action, callNumber: number | undefined): Record<string, unknown> | undefined {
  const sent = callNumber === undefined ? undefined : bodyOf(callNumber);
  const body: unknown = sent === undefined ? undefined : JSON.parse(sent.body); // this page has written it
  if (!isObject(body)) return undefined;
  const request = action.api === 'upstream' ? body['Request'] : body;
  return isObject(request) ? request : undefined;
}

const roles = ['viewer', 'operator', 'admin'] as const;
const roleOf = ({ role }: Action) => roles.find((one) => one === role) ?? 'viewer';
