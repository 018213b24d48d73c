/**
 * Follows a document as its reader would. Info strings of fenced blocks say what a block is:
 * `sh start` starts the product · `sh serve` starts what serves beside it · `text printed` is among what that prints · `sh run` is run in a shell ·
 * `sh run until answer` is run until its answer is the one shown · `js run` is a module that Node runs ·
 * `json answer` is what the block before it answered, `json answer part` shows a part of that ·
 * `text answer` is its text. Other blocks are only shown.
 */
import { execFile } from 'node:child_process';
import { differences, matchText, type Substitutions, substituted } from './match-example.ts';
import { type Fence, fencesOf } from './read-markdown.ts';

export interface Product {
  /** Where the document says that things are, and where they are. */
  addresses: Readonly<Record<string, string>>;
  /** What it printed until it was ready. */
  printed: string;
  /** As it printed it. */
  apiKey: string;
  /** Resolves when what was set going has been done, as far as can be known. */
  settle(): Promise<void>;
}

export interface Reader {
  /** Of the commands. */
  folder: string;
  env: Readonly<Record<string, string>>;
  start(code: string): Promise<Product>;
  /** Starts what serves until the document is at its end, and waits until it is ready. */
  serve?(code: string): Promise<void>;
}

/** So often in a row the same wrong answer: a person would have given up. */
const mostSame = 300;

/** @returns how many blocks were followed. @throws Error that names the block and what is different */
export async function followDocument(markdown: string, reader: Reader): Promise<number> {
  const substitutions: Substitutions = new Map();
  const exports: string[] = [];
  const blocks = fencesOf(markdown);
  let product: Product | undefined;
  let answered = '';
  let followed = 0;

  const started = () => {
    if (product === undefined) throw new Error('a document has to say `sh start` first');
    return product;
  };
  const run = (code: string, info: string) => {
    const text = substituted(code, substitutions);
    if (info.startsWith('js')) return execute(process.execPath, ['--input-type=module', '-e', text], reader);
    exports.push(...text.split('\n').filter((line) => line.startsWith('export ')));
    return execute('sh', ['-euc', [...exports, text].join('\n')], reader);
  };

  for (const [index, { info, code }] of blocks.entries()) {
    if (info === 'sh start') {
      product = await reader.start(code);
      for (const [shown, real] of Object.entries(product.addresses)) substitutions.set(shown, real);
    } else if (info === 'sh serve') {
      if (reader.serve === undefined) throw new Error('nothing serves beside the product here');
      await reader.serve(code);
    } else if (info === 'text printed') checkPrinted(code, started().printed, substitutions);
    else if (info === 'sh run until answer') answered = await runUntil(code, blocks[index + 1]);
    else if (/^(sh|js) run$/.test(info)) answered = await run(code, info);
    else if (/^(json|text) answer/.test(info)) fail({ info, code }, unlike({ info, code }, answered));
    else continue;
    followed += 1;
  }
  return followed;

  function unlike({ info, code }: Fence, answer: string): string[] {
    if (info.startsWith('text')) {
      return matchText(code.trim(), answer.trim(), substitutions) ? [] : [`it is ${answer.trim()}`];
    }
    return differences(JSON.parse(code), readJson(answer), substitutions, { part: info.includes('part') });
  }

  async function runUntil(code: string, shown: Fence | undefined): Promise<string> {
    if (shown === undefined) throw new Error('a block that waits for its answer needs one behind it');
    let last: string | undefined;
    for (let same = 0; ; ) {
      const answer = await run(code, 'sh');
      const problems = unlike(shown, answer);
      if (problems.length === 0) return answer;
      const wrong = problems.join('\n');
      same = wrong === last ? same + 1 : 0;
      if (same === mostSame) fail(shown, problems);
      last = wrong;
      await started().settle();
    }
  }
}

function fail({ info, code }: Fence, problems: readonly string[]): void {
  if (problems.length > 0) throw new Error(`${problems.join('\n')}\nin the block \`${info}\`\n${code}`);
}

/** Each line of the document is printed, one after the other. */
function checkPrinted(code: string, printed: string, substitutions: Substitutions): void {
  const lines = printed.split('\n');
  for (const line of code.trimEnd().split('\n')) {
    const shown = line.trim();
    const at = lines.findIndex((real) => matchText(shown, real.trim(), substitutions));
    if (at === -1)
      throw new Error(`this line is not printed, or not after the line above it:\n${line}\n${printed}`);
    lines.splice(0, at + 1);
  }
}

/** The last JSON document of what a block printed: commands before it may have answered too. */
function readJson(answer: string): unknown {
  const starts = [...answer.matchAll(/^\{|(?<=\})\{/gm)].map(({ index }) => index);
  for (const start of [0, ...starts]) {
    try {
      return JSON.parse(answer.slice(start));
    } catch {
      // The next one, then.
    }
  }
  throw new Error(`no JSON: ${answer}`);
}

function execute(file: string, args: readonly string[], { folder, env }: Reader): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile(file, args, { cwd: folder, env, maxBuffer: 2 ** 26 }, (error, stdout, stderr) => {
      if (error === null) resolve(stdout);
      else reject(new Error(`${args.at(-1)}\n${stderr}${stdout}`, { cause: error }));
    });
  });
}
