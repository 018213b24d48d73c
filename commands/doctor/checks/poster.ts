import { type Check, type Finding, fail, ok, warn } from '../check.ts';
import type { Examination } from '../examination.ts';
import { problemText, type Reply, Unreachable } from '../http-probe.ts';

const deployAgain = {
  en: 'Deploy the function poster again; behind a custom domain check its path rule /poster, without one give --url poster=<URL>',
  zh: '请重新部署函数 poster；使用自定义域名时检查其路径规则 /poster，未使用时用 --url poster=<地址> 指定',
};

const ownDomain = {
  en: 'Put a custom domain before the functions (CUSTOM_DOMAIN): this address makes browsers download what it answers',
  zh: '请使用自定义域名（CUSTOM_DOMAIN）：此地址会让浏览器下载应答内容',
};

/** Of the right form, and of one in 58¹² slugs, so that no code has it. */
const ofNobody = 'Slug=111111111111';

/**
 * Does `poster` answer as it should? Without a key it rejects the caller. With a key in API_KEY it draws the poster of a
 * code, which it can only where its typeface was deployed beside it.
 */
export const poster: Check<'PUBLIC_BASE_URL'> = {
  id: 'poster',
  needs: [],
  variables: ['PUBLIC_BASE_URL'],
  async run({ PUBLIC_BASE_URL }, examination) {
    const { http, urlOf, env } = examination;
    const key = env['API_KEY'];
    const ask = (query: string) =>
      http(`${urlOf('poster') ?? `${PUBLIC_BASE_URL}/poster`}?${query}`, {
        method: 'GET',
        ...(key && { headers: { Authorization: `Bearer ${key}` } }),
      });
    try {
      if (!key) return judgeRefusal(await ask(ofNobody), 401);
      const codeId = await anyCode(PUBLIC_BASE_URL, key, examination);
      if (codeId === undefined) return judgeKey(await ask(ofNobody));
      // Whatever the code is called: a character that the typeface lacks is no fault of the deployment.
      return judgePoster(await ask(`CodeId=${codeId}&Paper=Card&Name=qianma`));
    } catch (error) {
      if (!(error instanceof Unreachable)) throw error;
      return fail(
        { en: `poster cannot be reached: ${error.why.en}`, zh: `无法访问 poster：${error.why.zh}` },
        deployAgain,
      );
    }
  },
};

/** Of a code that lives and that the key may see. What cannot be asked here is the business of another check. */
async function anyCode(
  baseUrl: string,
  key: string,
  { http, urlOf }: Examination,
): Promise<string | undefined> {
  const name = 'DescribeMultiFlowSignQRCodes';
  const { body } = await http(urlOf(name) ?? `${baseUrl}/${name}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${key}` },
    body: JSON.stringify({ State: 'Active', Limit: 1 }),
  });
  // Only the beginning of an answer is kept, which is no document.
  return /"CodeId":"(\w+)"/.exec(body)?.[1];
}

function judgeRefusal(reply: Reply, expected: 401 | 404): Finding {
  const { status, headers } = reply;
  const isOwn = headers.get('content-type')?.startsWith('application/problem+json');
  if (status !== expected || !isOwn) return judgeOther(reply);
  if (isDownload(reply)) return download();
  return expected === 401
    ? ok({
        en: 'poster answers, and rejects callers without a key; with one in API_KEY a poster is drawn, too',
        zh: 'poster 有应答，且无密钥不得调用；设置 API_KEY 后还会实际生成一张海报',
      })
    : ok({
        en: 'poster answers, and there is no active code whose poster could be drawn',
        zh: 'poster 有应答；没有生效中的签署码可供生成海报',
      });
}

/** With a key that sees no code: that there is none, or that the key is none. */
function judgeKey(reply: Reply): Finding {
  const finding = judgeRefusal(reply, reply.status === 401 ? 401 : 404);
  return reply.status === 401 && finding.outcome === 'ok' ? otherKey() : finding;
}

/** Of a local run, or of another stage. */
const otherKey = () =>
  warn(
    {
      en: 'poster answers; whether it draws was not tried, as the key in API_KEY is none of this deployment',
      zh: 'poster 有应答；API_KEY 中的密钥不属于此部署，未能尝试生成海报',
    },
    {
      en: 'Set API_KEY to a key of this deployment (npm run keys), or to nothing',
      zh: '请将 API_KEY 设为此部署的密钥（npm run keys），或不设置',
    },
  );

function judgePoster(reply: Reply): Finding {
  const isPdf = reply.headers.get('content-type')?.startsWith('application/pdf');
  if (reply.status !== 200 || !isPdf || !reply.body.startsWith('%PDF-')) return judgeOther(reply);
  if (isDownload(reply)) return download();
  return ok({ en: 'The poster of a code is drawn, as PDF', zh: '可以生成签署码的海报（PDF）' });
}

const isDownload = ({ headers }: Reply) => /^\s*attachment/i.test(headers.get('content-disposition') ?? '');

const download = () =>
  fail(
    {
      en: 'poster is answered as a download (Content-Disposition: attachment)',
      zh: 'poster 的应答被作为下载文件（Content-Disposition: attachment）',
    },
    ownDomain,
  );

function judgeOther({ status, headers, body }: Reply): Finding {
  const type = headers.get('content-type') ?? '';
  const said = problemText(body);
  return fail(
    {
      en: `poster answers ${status} (${type}) where it should not: ${said}`,
      zh: `poster 的应答不符合预期，得到 ${status}（${type}）：${said}`,
    },
    deployAgain,
  );
}
