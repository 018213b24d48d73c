import { useEffect, useState } from 'preact/hooks';
import { call } from '../api/call.ts';
import { asProblem, type CallProblem } from '../api/problem.ts';
import { TextField } from '../parts/field.tsx';
import { problemSentence } from '../parts/problem-note.tsx';
import { apiKey, isEnded, signIn, signOut } from '../state/session.ts';
import { say } from '../texts/say.ts';

/** The way in: an API key, tried before it is kept. One that the tab has kept is tried by itself. */
export function SignIn() {
  const [isTrying, setTrying] = useState(apiKey.value !== null);
  const [problem, setProblem] = useState<CallProblem>();

  async function tryKey(key: string): Promise<void> {
    setTrying(true);
    try {
      signIn(key, await call('GetCallerIdentity', {}, { step: 'stepSignIn', key }));
    } catch (error) {
      const found = asProblem(error);
      setProblem(found);
      // What has no answer may have one in a moment: the key stays.
      if (found.status === 401) signOut();
      setTrying(false);
    }
  }

  useEffect(() => {
    const kept = apiKey.peek();
    if (kept !== null) void tryKey(kept);
  }, []);

  function submit(event: SubmitEvent): void {
    event.preventDefault();
    if (!(event.currentTarget instanceof HTMLFormElement)) return;
    void tryKey(String(new FormData(event.currentTarget).get('key')).trim());
  }

  if (isTrying) return <p aria-live="polite">{say('loading')}</p>;
  return (
    <form class="card sign-in" onSubmit={submit}>
      <h1>{say('signInTitle')}</h1>
      <p>{say('tagline')}</p>
      <TextField
        label={say('signInKey')}
        hint={say('signInHint')}
        name="key"
        type="password"
        autocomplete="current-password"
        spellcheck={false}
        // What no header can carry is no key.
        pattern="[!-~]+"
        title={say('signInHint')}
        required
      />
      {isEnded.value && problem === undefined && (
        <p class="note warn" role="alert">
          {say('signedOutByServer')}
        </p>
      )}
      {problem !== undefined && (
        <p class="note bad" role="alert">
          {say('signInRefused', { why: problemSentence(problem) })}
        </p>
      )}
      <button type="submit" class="main">
        {say('signInSubmit')}
      </button>
      <p class="hint">{say('signInWhere')}</p>
    </form>
  );
}
