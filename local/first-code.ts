import * as z from 'zod/mini';
import { Failure } from '../shared/errors.ts';

/** The example of the official documents; the emulator is seeded with its application, organisation and template. */
export const firstCodeRequest = {
  Agent: {
    AppId: 'yDRscUUgyg1zr7wnUyJ8QMwwnHc4OOcQ',
    ProxyOrganizationOpenId: 'proxy-org-openid',
    ProxyOperator: { OpenId: 'proxy-operator-openid' },
  },
  TemplateId: 'yDRvzUUgygqj42ouUuO4zjEueBrK5MeV',
  FlowName: '劳务合同',
  MaxFlowNum: 100,
} as const;

export const firstCodePath = '/ChannelCreateMultiFlowSignQRCode';

const Answer = z.looseObject({
  QrCode: z.looseObject({ QrCodeId: z.string(), QrCodeUrl: z.string(), ExpiredTime: z.int() }),
  SignUrls: z.looseObject({ HttpSignUrl: z.string(), AppSignUrl: z.string() }),
});
export type FirstCode = z.infer<typeof Answer>;

/** What a problem document tells a person. */
const Problem = z.looseObject({ code: z.string(), detail: z.optional(z.string()) });

/** Creates a code as a user would. Throws `InternalFailure` with what came instead. */
export async function createFirstCode(functionsUrl: string, apiKey: string): Promise<FirstCode> {
  const response = await fetch(functionsUrl + firstCodePath, {
    method: 'POST',
    headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' },
    body: JSON.stringify(firstCodeRequest),
  });
  const body: unknown = await response.json().catch(() => undefined);
  const answer = Answer.safeParse(body);
  if (response.status === 200 && answer.success) return answer.data;
  const problem = Problem.safeParse(body);
  const said = problem.success ? ` ${problem.data.code}: ${problem.data.detail ?? ''}` : '';
  throw new Failure('InternalFailure', {
    detail: `the first code was not created: ${response.status}${said}`,
  });
}
