import type * as z from 'zod/mini';
import { completeAgent, requireActing } from './acting-agent.ts';
import { type ApiKeyStore, authenticate, type Principal, type Role, requireRole } from './api-keys.ts';
import type { Config, VariableName } from './config.ts';
import type { Definition, Surroundings, Trace } from './handler.ts';
import { type Answer, type Exchange, httpHandler, type MainHandler } from './http-handler.ts';
import { readIdempotencyKey } from './idempotency-key.ts';
import { answerOnce, type IdempotencyRecords, type Work } from './idempotent-answer.ts';
import { requireJson } from './json-content.ts';
import type { Language } from './language.ts';
import type { Log } from './log.ts';
import { problemOf } from './problem.ts';
import { parseJsonObject } from './strict-json.ts';
import { validate } from './validate.ts';

/** What every action reads of the environment, beside its own needs. */
const actionVariables = ['API_KEY_HASH', 'CORS_ORIGINS', 'ESS_APP_ID'] as const satisfies VariableName[];
type ActionVariable = (typeof actionVariables)[number];

export interface ActionDefinition<Schema extends z.ZodMiniObject, Name extends VariableName, Resources>
  extends Definition<Name | ActionVariable, Resources> {
  needs: readonly Name[];
  /** The least role that may call it. What a `viewer` may do changes nothing. */
  role: Role;
  /** Of the body. One that has an `Agent` acts for an organisation: see `acting-agent.ts`. */
  request: Schema;
  apiKeys(resources: Resources): ApiKeyStore;
  /** Where answers are remembered, for an action that honours `Idempotency-Key`. */
  idempotency?(resources: Resources): IdempotencyRecords;
  /** Members of the answer, beside `RequestId`. */
  run(call: Call<Schema, Name, Resources>): Promise<object>;
}

/** One call of an action that may be carried out: who asks has been proved, what is asked has been checked. */
export interface Call<Schema extends z.ZodMiniObject, Name extends VariableName, Resources> {
  request: z.output<Schema>;
  resources: Resources;
  config: Config<Name | ActionVariable>;
  principal: Principal;
  requestId: string;
  language: Language;
  /** Epoch milliseconds, by which `run` has to be over: its own calls take it as their deadline. */
  deadlineMs: number;
  /** The work under an `Idempotency-Key`; undefined where none was sent, or the action honours none. */
  work: Work | undefined;
  log: Log;
  /** For the log line: the action enters what it learns. */
  trace: Trace;
}

const methods = ['POST'];

/**
 * The handler of an action: `POST` with a JSON object and an API key; answers 200 with the members that `run`
 * returns and `RequestId`, or a problem document. It never throws. Checks come in this order: shape, method,
 * content type, API key, role, body, `Agent` completed, schema, organisation.
 */
export function httpAction<Schema extends z.ZodMiniObject, Name extends VariableName, Resources>(
  definition: ActionDefinition<Schema, Name, Resources>,
  surroundings?: Partial<Surroundings>,
): MainHandler {
  return httpHandler<Name | ActionVariable, Resources>(
    {
      name: definition.name,
      needs: [...definition.needs, ...actionVariables],
      open: (config) => definition.open(config),
      methods,
      handle: (exchange) => answer(definition, exchange),
    },
    surroundings,
  );
}

async function answer<Schema extends z.ZodMiniObject, Name extends VariableName, Resources>(
  definition: ActionDefinition<Schema, Name, Resources>,
  exchange: Exchange<Name | ActionVariable, Resources>,
): Promise<Answer> {
  const { request, language, config, requestId, deadlineMs, log, trace } = exchange;
  requireJson(request.headers, language);
  const principal = await authenticate(request.headers, {
    store: storeOf(definition, exchange),
    configuredHash: config.API_KEY_HASH,
    nowS: Math.floor(exchange.now() / 1000),
    language,
  });
  exchange.fields.keyId = principal.keyId;
  requireRole(principal, definition.role, language);
  const idempotencyKey = readIdempotencyKey(request.headers['idempotency-key'], language);
  const checked = readRequest(definition.request, exchange, principal);
  const resources = await exchange.resources();
  exchange.beginWork({ readOnly: definition.role === 'viewer' });
  const call = {
    request: checked,
    resources,
    config,
    principal,
    requestId,
    language,
    deadlineMs,
    log,
    trace,
  };
  const run = async (work?: Work): Promise<Answer> => {
    const members = await definition.run({ ...call, work });
    return { status: 200, headers: jsonHeaders, body: JSON.stringify({ ...members, RequestId: requestId }) };
  };
  if (idempotencyKey === undefined || definition.idempotency === undefined) return run();
  return answerOnce(
    definition.idempotency(resources),
    {
      keyId: principal.keyId,
      idempotencyKey,
      functionName: definition.name,
      payload: checked,
      remainingMs: deadlineMs - exchange.now(),
      language,
    },
    run,
    (thrown) => {
      const { document, headers, failure } = problemOf(thrown, { requestId, language, allow: methods });
      return { status: failure.status, headers, body: JSON.stringify(document) };
    },
    (error) => log.warn('the answer to an Idempotency-Key was not noted', {}, error),
  );
}

const jsonHeaders = { 'Content-Type': 'application/json; charset=utf-8' };

/** The body as the schema reads it, for an organisation that the key may act for. */
function readRequest<Schema extends z.ZodMiniObject>(
  schema: Schema,
  { request, config, language }: Exchange<ActionVariable, unknown>,
  principal: Principal,
): z.output<Schema> {
  const body = parseJsonObject(request.body, language);
  if (!Object.hasOwn(schema.shape, 'Agent')) return validate(schema, body, language);
  const appId = config.ESS_APP_ID;
  const checked = validate(schema, completeAgent(body, appId, principal.agent), language);
  const agent: unknown = Reflect.get(checked, 'Agent');
  requireActing(principal, agent, appId, language);
  return checked;
}

/** The keys of the store, which is opened only when a key is to be looked up there. */
function storeOf<Schema extends z.ZodMiniObject, Name extends VariableName, Resources>(
  definition: ActionDefinition<Schema, Name, Resources>,
  { resources, log }: Exchange<Name | ActionVariable, Resources>,
): ApiKeyStore {
  return {
    find: async (keyId) => definition.apiKeys(await resources()).find(keyId),
    touch: async (keyId, usedAtS) => {
      try {
        await definition.apiKeys(await resources()).touch?.(keyId, usedAtS);
      } catch (error) {
        // Nobody is turned away because a mark for a list could not be made.
        log.warn('the use of an API key was not noted', { keyId }, error);
      }
    },
  };
}
