import { type Check, fail, ok } from '../check.ts';
import { problemText, Unreachable } from '../http-probe.ts';

/** Of the right form, so that the register is really asked; of one in 58¹² slugs, so that no code has it. */
const nobodysSlug = '111111111111';

const checkWay = {
  en: 'Check PUBLIC_BASE_URL, and that its path rule for /s/* leads to stable-link',
  zh: '检查 PUBLIC_BASE_URL，以及其路径规则 /s/* 是否指向 stable-link',
};

/** Do stable links get through to the register? A link of no code must get its page. */
export const stableLink: Check<'PUBLIC_BASE_URL'> = {
  id: 'stable-link',
  needs: [],
  variables: ['PUBLIC_BASE_URL'],
  async run({ PUBLIC_BASE_URL }, { http }) {
    try {
      const reply = await http(`${PUBLIC_BASE_URL}/s/${nobodysSlug}`, { method: 'GET' });
      const type = reply.headers.get('content-type') ?? '';
      if (reply.status === 404 && type.startsWith('text/html')) {
        return ok({ en: 'A link of no code gets its page', zh: '不存在的链接得到说明页' });
      }
      if (reply.status === 503 && type.startsWith('application/problem+json')) {
        return fail(
          {
            en: `stable-link answers, and says: ${problemText(reply.body)}`,
            zh: `stable-link 应答：${problemText(reply.body)}`,
          },
          {
            en: "Set what it lacks, or let it reach the database: the function's VPC, subnet and security group",
            zh: '补全所缺变量，或检查函数所在 VPC、子网与安全组能否访问数据库',
          },
        );
      }
      return fail(
        {
          en: `Something answers ${reply.status} (${type}), not stable-link`,
          zh: `得到 ${reply.status}（${type}），不是 stable-link 的应答`,
        },
        checkWay,
      );
    } catch (error) {
      if (!(error instanceof Unreachable)) throw error;
      return fail(
        {
          en: `PUBLIC_BASE_URL cannot be reached: ${error.why.en}`,
          zh: `无法访问 PUBLIC_BASE_URL：${error.why.zh}`,
        },
        checkWay,
      );
    }
  },
};
