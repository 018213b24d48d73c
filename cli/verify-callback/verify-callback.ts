import { Failure } from '../../shared/errors.ts';
import type { Shell } from '../../shared/shell/shell.ts';
import { inBoth, type Text } from '../../shared/text.ts';
import type { CallbackCase, CallbackPost, ReceiverSecrets } from './callback-case.ts';
import { forgedCases } from './forged-cases.ts';
import { genuineCases } from './genuine-cases.ts';
import type { Answered } from './post.ts';

/** Those that a receiver has to take last: it must still be well after all others. */
export const callbackCases: readonly CallbackCase[] = [
  ...genuineCases.slice(0, -1),
  ...forgedCases,
  ...genuineCases.slice(-1),
];

/** What is posted, and how it is sent. */
export type Send = (post: CallbackPost) => Promise<Answered>;

/** Posts every case to a receiver, one after another, and reports each in a line. @returns how many went wrong */
export async function verifyCallback(send: Send, secrets: ReceiverSecrets, shell: Shell): Promise<number> {
  let wrong = 0;
  for (const one of callbackCases) {
    const { isRight, answered } = await tried(one, secrets, send);
    if (!isRight) wrong += 1;
    shell.print(line(one, isRight, answered));
  }
  const { length } = callbackCases;
  shell.print({
    zh: `${length - wrong} 项正确，${wrong} 项有误`,
    en: `${length - wrong} of ${length} are right, ${wrong} are wrong`,
  });
  return wrong;
}

async function tried(
  { posts, expected }: CallbackCase,
  secrets: ReceiverSecrets,
  send: Send,
): Promise<{ isRight: boolean; answered: Answered }> {
  const all = posts(secrets);
  let answered: Answered = { failure: '', tookMs: 0 };
  for (const [index, post] of all.entries()) {
    answered = await send(post);
    const isLast = index === all.length - 1;
    if (!isFit(answered, isLast ? expected : 'accept')) return { isRight: false, answered };
  }
  return { isRight: true, answered };
}

function isFit(answered: Answered, expected: CallbackCase['expected']): boolean {
  if ('failure' in answered) return false;
  const isAccepted = answered.status >= 200 && answered.status < 300;
  if (expected === 'accept') return isAccepted;
  const isRejected = answered.status >= 400 && answered.status < 500;
  return isRejected || (expected === 'either' && isAccepted);
}

const marks = { true: { zh: '正确', en: 'ok   ' }, false: { zh: '有误', en: 'WRONG' } } as const;
const wanted: Readonly<Record<CallbackCase['expected'], Text>> = {
  accept: { zh: '应为 2xx', en: 'has to get 2xx' },
  reject: { zh: '应为 4xx', en: 'has to get 4xx' },
  either: { zh: '应为 2xx 或 4xx', en: 'has to get 2xx or 4xx' },
};
const nothing: Text = { zh: '没有应答', en: 'no answer' };

function line({ id, text, expected }: CallbackCase, isRight: boolean, answered: Answered): Text {
  return inBoth((language) => {
    const mark = marks[`${isRight}`][language];
    const why = isRight ? '' : complaint(expected, answered)[language];
    return `${mark}  ${id.padEnd(24)}  ${text[language]}${why}  (${answered.tookMs} ms)`;
  });
}

function complaint(expected: CallbackCase['expected'], answered: Answered): Text {
  const answer = inBoth((language) =>
    'failure' in answered ? `${nothing[language]} (${answered.failure})` : String(answered.status),
  );
  return {
    zh: `：${wanted[expected].zh}，得到 ${answer.zh}`,
    en: `: it ${wanted[expected].en}, and got ${answer.en}`,
  };
}

/**
 * The secrets of the receiver, from the environment, as the functions have them: of several the newest.
 *
 * @throws Failure `Misconfigured`; no value is repeated
 */
export function secretsIn(env: Shell['env']): ReceiverSecrets {
  const first = (name: string) => env[name]?.split(',')[0]?.trim();
  const [key, token] = [first('ESS_CALLBACK_KEYS'), first('ESS_CALLBACK_TOKENS')];
  if (key !== undefined && Buffer.byteLength(key) === 32 && token) return { key, token };
  throw new Failure('Misconfigured', {
    detail: {
      zh: '请在 ESS_CALLBACK_KEYS（32 个字符）与 ESS_CALLBACK_TOKENS 中填写接收方的密钥与 Token',
      en: "set ESS_CALLBACK_KEYS (32 characters) and ESS_CALLBACK_TOKENS to the receiver's key and token",
    },
  });
}
