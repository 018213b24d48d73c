import { inBoth, type Text, untranslated } from '../../../shared/text.ts';
import { type Check, type Finding, fail, ok, skipped } from '../check.ts';
import type { Examination } from '../examination.ts';
import { problemText, Unreachable } from '../http-probe.ts';

/** Actions are named as upstream names its own; the other functions have checks of their own. */
const isAction = (name: string) => /^[A-Z]/.test(name);

interface Trial {
  name: string;
  /** Undefined: it answered as it should. */
  problem: Text | undefined;
  /** Its address was not given, and another function answers under PUBLIC_BASE_URL. */
  isElsewhere: boolean;
}

/** Does each action answer a call without a key with 401, as only itself does? */
export const functionUrls: Check<'PUBLIC_BASE_URL'> = {
  id: 'function-urls',
  needs: [],
  variables: ['PUBLIC_BASE_URL'],
  async run({ PUBLIC_BASE_URL }, examination) {
    const names = examination.httpFunctions.filter(isAction);
    const trials = await Promise.all(names.map((name) => tryFunction(name, PUBLIC_BASE_URL, examination)));
    return judge(trials);
  },
};

async function tryFunction(name: string, baseUrl: string, { http, urlOf }: Examination): Promise<Trial> {
  const given = urlOf(name);
  const url = given ?? `${baseUrl}/${name}`;
  try {
    const headers = { 'Content-Type': 'application/json' };
    const { status, body } = await http(url, { method: 'POST', headers, body: '{}' });
    const said = untranslated(`${status} ${problemText(body)}`);
    const isElsewhere = given === undefined && (status === 404 || status === 405);
    return { name, problem: status === 401 ? undefined : said, isElsewhere };
  } catch (error) {
    if (!(error instanceof Unreachable)) throw error;
    return { name, problem: error.why, isElsewhere: false };
  }
}

function judge(trials: readonly Trial[]): Finding {
  const wrong = trials.filter(({ problem }) => problem !== undefined);
  if (wrong.length === 0) {
    return ok({
      en: `All ${trials.length} actions answer, and reject callers without a key`,
      zh: `${trials.length} 个接口均有应答，且无密钥不得调用`,
    });
  }
  if (wrong.length === trials.length && wrong.every(({ isElsewhere }) => isElsewhere)) {
    return skipped({
      en: 'No action answers under PUBLIC_BASE_URL, as without a custom domain: give --url <Function>=<URL>',
      zh: 'PUBLIC_BASE_URL 下没有接口（未用自定义域名时如此）：请用 --url <函数>=<地址> 指定',
    });
  }
  return fail(
    inBoth((language) => wrong.map(({ name, problem }) => `${name}: ${problem?.[language]}`).join('; ')),
    {
      en: 'Deploy these functions again; behind a custom domain check their path rules',
      zh: '请重新部署这些函数；使用自定义域名时检查其路径规则',
    },
  );
}
