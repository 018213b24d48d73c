import { writeFile } from 'node:fs/promises';
import { Failure } from '../../shared/errors.ts';
import { type ExitCode, runCommand } from '../../shared/shell/run-command.ts';
import type { Shell } from '../../shared/shell/shell.ts';
import { type Text, untranslated } from '../../shared/text.ts';
import { readCommand, usage } from './arguments.ts';

/** Longer than the function may take. */
const timeoutMs = 70_000;

export interface PosterSurroundings {
  fetch: typeof fetch;
  write(path: string, bytes: Uint8Array): Promise<void>;
}

const production: PosterSurroundings = { fetch, write: writeFile };

/** Asks for posters, writes the file, and prints its name. */
export function runPoster(
  argv: readonly string[],
  shell: Shell,
  surroundings: PosterSurroundings = production,
): Promise<ExitCode> {
  return runCommand({ argv, shell, usage }, async () => {
    const { url, key, query, out } = readCommand(argv, shell.env);
    const answer = await surroundings
      .fetch(`${url}?${query}`, {
        headers: { Authorization: `Bearer ${key}`, 'Accept-Language': shell.language },
        signal: AbortSignal.timeout(timeoutMs),
      })
      .catch((cause: unknown) => {
        throw new Failure('UpstreamUnreachable', { detail: unreachable, cause });
      });
    const name = /filename="([\w.-]+)"/.exec(answer.headers.get('content-disposition') ?? '')?.[1];
    if (!answer.ok || name === undefined) throw refusal(answer.status, await answer.text());
    const file = out ?? name;
    await surroundings.write(file, Buffer.from(await answer.arrayBuffer()));
    shell.print(file);
  });
}

const unreachable: Text = {
  zh: '无法连接函数 poster，请检查 --url',
  en: 'The function poster cannot be reached: check --url',
};

/** What the function says, in the language that it was asked in. */
function refusal(status: number, body: string): Failure {
  const { detail, title, errors } = problemIn(body);
  const places = (errors ?? []).map(({ path, message }) => `${path} ${message}`.trim()).join('; ');
  const said = places || detail || title;
  const text = said
    ? untranslated(said)
    : {
        zh: `应答状态 ${status}，不是函数 poster 的应答，请检查 --url`,
        en: `The answer has status ${status} and is not that of the function poster: check --url`,
      };
  // A wrong call is shown how it is made right.
  return new Failure(status === 400 ? 'InvalidRequest' : 'UpstreamHttpStatus', { detail: text });
}

interface ProblemDocument {
  title?: string;
  detail?: string;
  errors?: { path: string; message: string }[];
}

function problemIn(body: string): ProblemDocument {
  try {
    const parsed: unknown = JSON.parse(body);
    return typeof parsed === 'object' && parsed !== null ? parsed : {};
  } catch {
    return {};
  }
}
