import type { CallbackSecrets } from '../../shared/callback/open-notification.ts';
import type { RenewalDeadlines } from '../../shared/codes/renewal/renew-code.ts';
import { Failure, listed } from '../../shared/errors.ts';
import { createRejectionTally } from '../../shared/notifications/rejection-tally.ts';
import type { Config } from '../../shared/runtime/config.ts';
import type { Event, Platform } from '../../shared/runtime/event.ts';
import { httpHandler, type MainHandler } from '../../shared/runtime/http/http-handler.ts';
import { createStrangers } from '../../shared/runtime/http/strangers.ts';
import { within } from '../../shared/world.ts';
import { renewalVariables } from '../renew-when-due.ts';
import { type Inbox, receive } from './receive.ts';

export const needs = [
  'CORS_ORIGINS',
  'DATABASE_URL',
  'ESS_CALLBACK_KEYS',
  'ESS_CALLBACK_PLAINTEXT',
  'ESS_CALLBACK_TOKENS',
  ...renewalVariables,
] as const;
type HandlerConfig = Config<(typeof needs)[number]>;

/** What the function works with. */
export interface Desk {
  /** The inbox for one event, which may take until the deadline (epoch milliseconds). */
  inbox(deadlineMs: number): Inbox;
  /**
   * Makes the successor of a code, if it is due and nobody else is at it.
   *
   * @throws what kept it from being begun
   */
  renew(codeId: string, deadlines: RenewalDeadlines, event: Pick<Event, 'log' | 'facts'>): Promise<void>;
}

/*
 * How long the sender waits for an answer is not published. Assumed is that it waits longer than a second; and that a
 * message whose answer comes too late for it comes again, under its id: then it is known, and answered at once.
 */

/** The usual message is answered within a second: 503 where the database takes longer, and then it comes again. */
const storeWithinMs = 900;
/** Of a message that makes its code due: when the call of upstream has to be over. */
const callWithinMs = 4_000;
/** And when it is answered at the latest, which takes so long only where the database goes away with an answer at hand. */
const answerWithinMs = 8_000;
/** The end of that time is for writing down what upstream has answered. */
const settlingMs = 2_000;

/** The function `callback-handler` around whatever stores. `POST` alone, no API key: the signature is the proof. */
export function callbackHandler(
  open: (config: HandlerConfig) => Desk,
  platform?: Partial<Platform>,
): MainHandler {
  const instance = { tally: createRejectionTally(), strangers: createStrangers() };
  return httpHandler<(typeof needs)[number], Desk>(
    {
      name: 'callback-handler',
      needs,
      open,
      methods: ['POST'],
      async handle(event) {
        const secrets = callbackSecrets(event.config);
        const nowMs = event.now();
        event.beginWork({ readOnly: false });
        const inbox = async () => {
          const desk = await event.open();
          return desk.inbox(Math.min(nowMs + storeWithinMs, event.deadlineMs));
        };
        const renew = async (codeId: string) => renewInTime(await event.open(), codeId, event, nowMs);
        return receive(Object.assign(event, instance, { secrets, nowMs, inbox, renew }));
      },
    },
    platform,
  );
}

/** Whatever becomes of it, the message is stored, and is answered in time. The timer is the net. */
async function renewInTime(
  desk: Desk,
  codeId: string,
  event: Pick<Event, 'log' | 'facts' | 'now' | 'deadlineMs'>,
  cameMs: number,
): Promise<void> {
  const endMs = Math.min(cameMs + answerWithinMs, event.deadlineMs);
  const callMs = Math.min(cameMs + callWithinMs, endMs - settlingMs);
  const renewal = desk.renew(codeId, { callMs, endMs }, event).catch((error: unknown) => {
    event.log.warn('a successor was not begun', { codeId }, error);
  });
  await within(endMs - event.now(), renewal, () => {
    event.facts.renewal = 'cut-off';
  });
}

/** @throws Failure `Misconfigured` where nothing could be decrypted and plain text is not accepted either. */
function callbackSecrets(config: HandlerConfig): CallbackSecrets {
  const { ESS_CALLBACK_KEYS: keys, ESS_CALLBACK_TOKENS: tokens, ESS_CALLBACK_PLAINTEXT: plaintext } = config;
  if (keys.length === 0 && plaintext === 'refuse') {
    const problems = [{ path: 'ESS_CALLBACK_KEYS', message: noKeys }];
    throw new Failure('Misconfigured', { detail: listed(problems), problems });
  }
  return { keys, tokens, plaintext };
}

const noKeys = {
  zh: '未设置，且 ESS_CALLBACK_PLAINTEXT 不接受明文',
  en: 'is not set, and ESS_CALLBACK_PLAINTEXT does not accept plain text',
};
