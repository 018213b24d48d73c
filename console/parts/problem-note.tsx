import type { CallProblem } from '../api/problem.ts';
import { say } from '../texts/say.ts';

/** Why something has not been done: the sentence, all that is wrong with the request, and the id to ask about. */
export function ProblemNote({ problem }: { problem: CallProblem | undefined }) {
  if (problem === undefined) return null;
  const { problems, requestId } = problem;
  return (
    <div class="note bad" role="alert">
      <p>{problemSentence(problem)}</p>
      {problems.length > 0 && (
        <ul>
          {problems.map(({ path, message }) => (
            <li key={`${path} ${message}`}>
              {path !== '' && <code>{path}</code>} {message}
            </li>
          ))}
        </ul>
      )}
      {requestId !== undefined && <p class="small">{say('requestIdIs', { id: requestId })}</p>}
    </div>
  );
}

/** In one line. */
export function problemSentence({ status, message, code }: CallProblem): string {
  if (status === undefined) return say('noAnswer');
  return message === '' ? say('failedStatus', { status }) : say('failedWith', { why: message, code });
}
