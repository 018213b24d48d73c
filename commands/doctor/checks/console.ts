import { type Check, fail, ok } from '../check.ts';
import { problemText, Unreachable } from '../http-probe.ts';

const deployAgain = {
  en: 'Deploy the function console again; behind a custom domain check its path rule /console',
  zh: '请重新部署函数 console；使用自定义域名时检查其路径规则 /console',
};

const ownDomain = {
  en: 'Put a custom domain before the functions (CUSTOM_DOMAIN): this address makes browsers download its pages',
  zh: '请使用自定义域名（CUSTOM_DOMAIN）：此地址会让浏览器下载页面',
};

/** Is the console shown by a browser, and not downloaded? Hosts that serve files for others force the latter. */
export const consolePage: Check<'PUBLIC_BASE_URL'> = {
  id: 'console',
  needs: [],
  variables: ['PUBLIC_BASE_URL'],
  async run({ PUBLIC_BASE_URL }, { http, urlOf }) {
    try {
      const { status, headers, body } = await http(urlOf('console') ?? `${PUBLIC_BASE_URL}/console`, {
        method: 'GET',
      });
      const type = headers.get('content-type') ?? '';
      const disposition = headers.get('content-disposition') ?? '';
      if (/^\s*attachment/i.test(disposition)) {
        return fail(
          {
            en: 'The console is answered as a download (Content-Disposition: attachment)',
            zh: '控制台页面被作为下载文件应答（Content-Disposition: attachment）',
          },
          ownDomain,
        );
      }
      if (status === 200 && type.startsWith('text/html') && body.includes('name="functions"')) {
        return ok({ en: 'The console answers with its page', zh: '控制台页面可以打开' });
      }
      return fail(
        {
          en: `Something answers ${status} (${type}), not the console: ${problemText(body)}`,
          zh: `得到 ${status}（${type}），不是控制台的应答：${problemText(body)}`,
        },
        deployAgain,
      );
    } catch (error) {
      if (!(error instanceof Unreachable)) throw error;
      return fail(
        { en: `The console cannot be reached: ${error.why.en}`, zh: `无法访问控制台：${error.why.zh}` },
        deployAgain,
      );
    }
  },
};
