import { readFile, writeFile } from 'node:fs/promises';
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

const FirstCode = z.looseObject({
  QrCode: z.looseObject({ QrCodeId: z.string(), QrCodeUrl: z.string(), ExpiredTime: z.int() }),
  SignUrls: z.looseObject({ HttpSignUrl: z.string(), AppSignUrl: z.string() }),
  StableUrl: z.string(),
});
export type FirstCode = z.infer<typeof FirstCode>;

const Kept = z.object({ emulatorUrl: z.string(), code: FirstCode });

/** What a problem document tells a person. */
const Problem = z.looseObject({ code: z.string(), detail: z.optional(z.string()) });

export interface FirstCodeOptions {
  functionsUrl: string;
  /** Where the links of the code lead. */
  emulatorUrl: string;
  apiKey: string;
  /** Remembers the code for the next start. */
  file: string;
  isAlive(qrCodeId: string): boolean;
}

/** The code of an earlier start if it still serves, else a new one. */
export async function provideFirstCode(options: FirstCodeOptions): Promise<FirstCode> {
  const { emulatorUrl, file, isAlive } = options;
  const kept = Kept.safeParse(await readJson(file));
  if (kept.success && kept.data.emulatorUrl === emulatorUrl && isAlive(kept.data.code.QrCode.QrCodeId)) {
    return kept.data.code;
  }
  const code = await create(options);
  await writeFile(file, JSON.stringify({ emulatorUrl, code }), { mode: 0o600 });
  return code;
}

async function readJson(file: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(file, 'utf8'));
  } catch {
    // Not there, or not what we wrote: then there is no earlier code.
    return undefined;
  }
}

/** Creates a code as a user would. Throws `InternalFailure` with what came instead. */
async function create({ functionsUrl, apiKey }: FirstCodeOptions): Promise<FirstCode> {
  const response = await fetch(functionsUrl + firstCodePath, {
    method: 'POST',
    headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' },
    body: JSON.stringify(firstCodeRequest),
  });
  const body: unknown = await response.json().catch(() => undefined);
  const answer = FirstCode.safeParse(body);
  if (response.status === 200 && answer.success) return answer.data;
  const problem = Problem.safeParse(body);
  const said = problem.success ? ` ${problem.data.code}: ${problem.data.detail ?? ''}` : '';
  throw new Failure('InternalFailure', {
    detail: `the first code was not created: ${response.status}${said}`,
  });
}
