import type { Config } from '../../shared/runtime/config.ts';
import type { Surroundings } from '../../shared/runtime/handler.ts';
import { httpHandler, type MainHandler } from '../../shared/runtime/http-handler.ts';
import { callbackSecrets, callbackVariables } from './callback-secrets.ts';
import type { Inbox } from './inbox.ts';
import { receive } from './receive.ts';

const needs = [...callbackVariables, 'CORS_ORIGINS', 'DATABASE_URL', 'REGISTER_KEYS'] as const;

/** What an instance keeps: its inbox, and until when the inbox may take for the event at hand. */
export interface Opened {
  inbox: Inbox;
  deadline: { atMs: number };
}

/**
 * The sender is to be answered within a second: a database that takes longer is told of with 503, and the message comes
 * again. How long the sender waits is not published.
 */
const storeWithinMs = 900;

/** The function `callback-handler` around whatever stores. `POST` alone, no API key: the signature is the proof. */
export function callbackHandler(
  open: (config: Config<(typeof needs)[number]>) => Opened,
  surroundings?: Partial<Surroundings>,
): MainHandler {
  return httpHandler(
    {
      name: 'callback-handler',
      needs,
      open,
      methods: ['POST'],
      async handle({ request, config, resources, now, fields, log, deadlineMs, beginWork }) {
        const nowMs = now();
        const secrets = callbackSecrets(config);
        const inbox = async () => {
          const opened = await resources();
          opened.deadline.atMs = Math.min(nowMs + storeWithinMs, deadlineMs);
          return opened.inbox;
        };
        beginWork({ readOnly: false });
        return receive(request, { secrets, inbox, nowMs, fields, log });
      },
    },
    surroundings,
  );
}
