import { catalogue } from '../../shared/errors.ts';
import { both, type JsonSchema } from './schema.ts';

/** What every failure is answered with: RFC 9457. */
export const problemSchema: JsonSchema = {
  type: 'object',
  description: both({
    en: 'A failure: RFC 9457. Other members are facts of the problem, for example the current `version`.',
    zh: '失败：RFC 9457。其余字段为该问题的事实，例如当前的 `version`。',
  }),
  properties: {
    type: {
      type: 'string',
      description: both({
        en: '`urn:problem-type:qianma:` and the code: a name, and no address',
        zh: '`urn:problem-type:qianma:` 加代码，只是名称，不是网址',
      }),
    },
    title: { type: 'string', description: both({ en: 'What kind of problem it is', zh: '问题的种类' }) },
    status: { type: 'integer', description: both({ en: 'The HTTP status', zh: 'HTTP 状态' }) },
    detail: { type: 'string', description: both({ en: 'This problem in one sentence', zh: '一句话说明' }) },
    code: { type: 'string', description: codesText() },
    requestId: {
      type: 'string',
      description: both({ en: 'The id of this call, for whoever helps', zh: '本次调用的编号，求助时请提供' }),
    },
    upstreamRequestId: {
      type: 'string',
      description: both({ en: "The RequestId of Tencent's answer", zh: '腾讯应答的 RequestId' }),
    },
    errors: {
      type: 'array',
      description: both({ en: 'Everything that is wrong with the request', zh: '请求中的全部问题' }),
      items: {
        type: 'object',
        properties: {
          path: {
            type: 'string',
            description: both({ en: 'Where: a dotted path, empty for the whole', zh: '位置；空为整体' }),
          },
          message: { type: 'string', description: both({ en: 'What', zh: '说明' }) },
        },
        required: ['path', 'message'],
      },
    },
  },
  required: ['type', 'title', 'status', 'code', 'requestId'],
};

/** Every code of ours. Upstream's own are as many again, and it adds some every year: so that this is no enumeration. */
function codesText(): string {
  const rows = Object.entries(catalogue).map(
    ([code, { status, en, zh }]) => `| \`${code}\` | ${status} | ${en} | ${zh} |`,
  );
  return [
    both({
      en: "Tencent's own code where Tencent refused (docs/errors.md), else one of these:",
      zh: '腾讯拒绝时为腾讯自己的代码（见 docs/errors.zh-CN.md），否则为下列之一：',
    }),
    ['| code | status | en | zh |', '| --- | --- | --- | --- |', ...rows].join('\n'),
  ].join('\n\n');
}
