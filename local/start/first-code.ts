import { readFile, writeFile } from 'node:fs/promises';
import * as z from 'zod/mini';
import { Failure } from '../../shared/errors.ts';

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
const describePath = '/DescribeMultiFlowSignQRCodes';

const Created = z.looseObject({ CodeId: z.string() });

/** What is read of the register's answer: a code, with its generations, the newest first. */
const Described = z.looseObject({
  Codes: z.array(
    z.looseObject({
      CodeId: z.string(),
      State: z.string(),
      StableUrl: z.string(),
      Generations: z.array(z.looseObject({ QrCodeId: z.string(), HttpSignUrl: z.string() })),
    }),
  ),
});
type DescribedCode = z.infer<typeof Described>['Codes'][number];

/** The code that a local run begins with, which its link outlives. */
export interface FirstCode {
  codeId: string;
  stableUrl: string;
}

const Kept = z.object({ codeId: z.string() });

/** States in which a code comes to nothing any more. */
const ends = new Set(['Cancelled', 'Failed', 'OutcomeUnknown']);

/** The sentence of a problem document. */
const Problem = z.looseObject({ code: z.string(), detail: z.optional(z.string()) });

export interface FirstCodeOptions {
  functionsUrl: string;
  /** Where the pages of the code are. */
  emulatorUrl: string;
  apiKey: string;
  /** Remembers the code for the next start. */
  file: string;
  /** Does upstream remember this QR code, alive or not? */
  isKnown(qrCodeId: string): boolean;
}

/** The code of an earlier start if its link still serves, else a new one. Throws `InternalFailure` with what came instead. */
export async function provideFirstCode(options: FirstCodeOptions): Promise<FirstCode> {
  const kept = Kept.safeParse(await readJson(options.file));
  const earlier = kept.success ? await describe(options, kept.data.codeId) : undefined;
  if (earlier !== undefined && serves(earlier, options)) return shown(earlier);
  const created = Created.safeParse(await call(options, firstCodePath, firstCodeRequest));
  const made = created.success ? await describe(options, created.data.CodeId) : undefined;
  if (made === undefined) throw notCreated('200');
  await writeFile(options.file, JSON.stringify({ codeId: made.CodeId }), { mode: 0o600 });
  return shown(made);
}

const shown = ({ CodeId, StableUrl }: DescribedCode): FirstCode => ({ codeId: CodeId, stableUrl: StableUrl });

/** Upstream may have been reset, or answer at another address by now than the one that its pages were given. */
function serves({ State, Generations: [newest] }: DescribedCode, options: FirstCodeOptions): boolean {
  if (newest === undefined || ends.has(State)) return false;
  return options.isKnown(newest.QrCodeId) && newest.HttpSignUrl.startsWith(`${options.emulatorUrl}/`);
}

async function describe(options: FirstCodeOptions, CodeId: string): Promise<DescribedCode | undefined> {
  const answer = Described.safeParse(await call(options, describePath, { CodeId }));
  return answer.success ? answer.data.Codes[0] : undefined;
}

async function readJson(file: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(file, 'utf8'));
  } catch {
    // Not there, or not what we wrote: then there is no earlier code.
    return undefined;
  }
}

/** Calls as a user would. */
async function call(
  { functionsUrl, apiKey }: FirstCodeOptions,
  path: string,
  request: object,
): Promise<unknown> {
  const response = await fetch(functionsUrl + path, {
    method: 'POST',
    headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' },
    body: JSON.stringify(request),
  });
  const body: unknown = await response.json().catch(() => undefined);
  // A register that was emptied does not know the code of an earlier start.
  if (response.status === 200 || (response.status === 404 && path === describePath)) return body;
  const problem = Problem.safeParse(body);
  const said = problem.success ? ` ${problem.data.code}: ${problem.data.detail ?? ''}` : '';
  throw notCreated(`${response.status}${said}`);
}

function notCreated(why: string): Failure {
  const detail = {
    zh: `未能创建第一个签署码：${why}`,
    en: `the first code was not created: ${why}`,
  };
  return new Failure('InternalFailure', { detail });
}
