import type * as z from 'zod/mini';
import { Failure } from '../../errors.ts';
import { isText, type Language } from '../../text.ts';
import { type RememberedWork, type Scope, seconds } from '../../world.ts';
import type { VariableName } from '../config.ts';
import type { OpenEvent, Platform } from '../event.ts';
import type { Definition } from '../instance.ts';
import { parseJsonObject } from '../json/strict-json.ts';
import { validate } from '../json/validate.ts';
import { completeAgent, requireActing } from './acting-agent.ts';
import { type ApiKeyStore, authenticate, type Principal, type Role, requireRole } from './api-keys.ts';
import type { CsvForm } from './csv.ts';
import { type Answer, type HttpEvent, httpHandler, type MainHandler } from './http-handler.ts';
import { readIdempotencyKey } from './idempotency-key.ts';
import type { IdempotencyRecords } from './idempotency-record.ts';
import { answerOnce } from './idempotent-answer.ts';
import { requireJson } from './json-content.ts';
import { problemOf } from './problem.ts';
import { countCall } from './rate-limits.ts';
import type { VersionCondition } from './version-condition.ts';

/** What every action reads of the environment, beside its own needs. */
export const actionVariables = [
  'API_KEY_HASH',
  'API_KEY_REQUESTS_PER_MINUTE',
  'CORS_ORIGINS',
  'ESS_APP_ID',
] as const satisfies VariableName[];
type ActionVariable = (typeof actionVariables)[number];

/** What every action keeps open, beside its own resources. */
interface ActionResources {
  apiKeys: ApiKeyStore;
  /** Where answers are remembered; an action that changes nothing has no need of it. */
  idempotency?: IdempotencyRecords;
}

export interface ActionDefinition<Schema extends z.ZodMiniObject, Name extends VariableName, Resources>
  extends Definition<Name | ActionVariable, Resources & ActionResources> {
  needs: readonly Name[];
  /** The least role that may call it. What a `viewer` may do changes nothing. */
  role: Role;
  /** Schema of the body. A body with an `Agent` acts for an organisation: see `acting-agent.ts`. */
  request: Schema;
  /** False: the request changes nothing, so that its answer is not remembered under an `Idempotency-Key`. */
  changes?(input: z.output<Schema>): boolean;
  /** The answer as a table, for those who ask for `text/csv`. */
  csv?: CsvForm;
  /** What `If-Match` means to it; left out: there is nothing that it could match. */
  condition?: VersionCondition;
  /** The version of what an answer holds, for its `ETag`; left out: the member `Version`. */
  version?(members: object): unknown;
  /** Members of the answer, beside `RequestId`. */
  run(event: ActionEvent<Schema, Name, Resources>): Promise<object>;
}

/** A call of an action that may be carried out: who asks has been proved, what is asked has been checked. */
export type ActionEvent<Schema extends z.ZodMiniObject, Name extends VariableName, Resources> = HttpEvent<
  Name | ActionVariable,
  Resources
> &
  OpenEvent<Name | ActionVariable, Resources> & {
    /** The body as the schema reads it. */
    readonly input: z.output<Schema>;
    readonly principal: Principal;
    readonly caller: Caller;
    /** The work under an `Idempotency-Key`; undefined where none was sent. */
    readonly work: RememberedWork | undefined;
  };

/** Who calls, in the words of the domain. */
export interface Caller {
  readonly scope: Scope;
  /** For the audit trail. */
  readonly actor: string;
  /** May the caller decide for all organisations? */
  readonly isAdmin: boolean;
}

const methods = ['POST'];

const noMatch = {
  path: 'If-Match',
  message: { zh: '不支持', en: 'is not taken here' },
};

/**
 * The handler of an action: `POST` with a JSON object and an API key; answers 200 with the members that `run`
 * returns and `RequestId`, or a problem document. It never throws. Checks come in this order: shape, method,
 * content type, API key, role, body, `Agent` completed, schema, organisation.
 */
export function httpAction<Schema extends z.ZodMiniObject, Name extends VariableName, Resources>(
  definition: ActionDefinition<Schema, Name, Resources>,
  platform?: Partial<Platform>,
): MainHandler {
  return httpHandler<Name | ActionVariable, Resources & ActionResources>(
    {
      name: definition.name,
      needs: [...definition.needs, ...actionVariables],
      open: (config, time) => definition.open(config, time),
      methods,
      handle: (event) => answer(definition, event),
    },
    platform,
  );
}

async function answer<Schema extends z.ZodMiniObject, Name extends VariableName, Resources>(
  definition: ActionDefinition<Schema, Name, Resources>,
  event: HttpEvent<Name | ActionVariable, Resources & ActionResources>,
): Promise<Answer> {
  const { request, config } = event;
  requireJson(request.headers);
  const principal = await authenticate(request.headers, {
    store: storeOf(event),
    configuredHash: config.API_KEY_HASH,
    nowS: seconds(event.now()),
  });
  event.facts.keyId = principal.keyId;
  countCall(event.limits, config.API_KEY_REQUESTS_PER_MINUTE, principal.calls);
  requireRole(principal, definition.role);
  const idempotencyKey = readIdempotencyKey(request.headers['idempotency-key']);
  const { condition } = definition;
  const ifMatch = request.headers['if-match'];
  if (ifMatch !== undefined && condition === undefined)
    throw new Failure('InvalidRequest', { problems: [noMatch] });
  const input = readInput(definition, event, principal, ifMatch);
  const resources = await event.open();
  event.beginWork({ readOnly: definition.role === 'viewer' });
  const caller = callerOf(principal, config.ESS_APP_ID);
  const run = async (work?: RememberedWork): Promise<object> => {
    const members = await definition
      .run(Object.assign(event, { input, resources, principal, caller, work }))
      .catch((error: unknown) => {
        throw ifMatch === undefined || condition === undefined ? error : condition.refusal(error);
      });
    if ('CodeId' in members && typeof members.CodeId === 'string') event.facts.codeId = members.CodeId;
    return members;
  };
  const answers = {
    of(members: object): Answer {
      const table = definition.csv?.of(members, request.headers['accept'], event.language);
      if (table !== undefined) return table;
      const version = definition.version?.(members) ?? Reflect.get(members, 'Version');
      return {
        status: 200,
        headers: { ...jsonHeaders, ...(typeof version === 'number' && { ETag: `"${version}"` }) },
        body: JSON.stringify({ ...members, RequestId: event.requestId }, textsIn(event.language)),
      };
    },
    ofFailure(thrown: unknown): Answer {
      const { document, headers, failure } = problemOf(thrown, { ...event, allow: methods });
      return { status: failure.status, headers, body: JSON.stringify(document) };
    },
  };
  const records = definition.changes?.(input) === false ? undefined : resources.idempotency;
  if (idempotencyKey === undefined || records === undefined) return answers.of(await run());
  return answerOnce(
    records,
    {
      keyId: principal.line,
      idempotencyKey,
      functionName: definition.name,
      payload: input,
      remainingMs: event.deadlineMs - event.now(),
    },
    run,
    answers,
    (error) => event.log.warn('the answer to an Idempotency-Key was not noted', {}, error),
  );
}

/** Writes each text that an answer has in both languages in the one that it is read in. */
function textsIn(language: Language) {
  return (_name: string, value: unknown) => (isText(value) ? value[language] : value);
}

const jsonHeaders = { 'Content-Type': 'application/json; charset=utf-8' };

/** The body as the schema reads it, for an organisation that the key may act for. */
function readInput<Schema extends z.ZodMiniObject>(
  { request: schema, condition }: Pick<ActionDefinition<Schema, never, never>, 'request' | 'condition'>,
  { request, config }: HttpEvent<ActionVariable, unknown>,
  principal: Principal,
  ifMatch: string | undefined,
): z.output<Schema> {
  const given = parseJsonObject(request.body);
  const body = ifMatch === undefined ? given : (condition?.complete(given, ifMatch) ?? given);
  if (!Object.hasOwn(schema.shape, 'Agent')) return validate(schema, body);
  const appId = config.ESS_APP_ID;
  const input = validate(schema, completeAgent(body, appId, principal.agent));
  const agent: unknown = Reflect.get(input, 'Agent');
  requireActing(principal, agent, appId);
  return input;
}

/** A key that is made for certain organisations is made for the configured application: they are names inside one. */
export function callerOf({ keyId, role, organizations }: Principal, appId: string): Caller {
  return {
    scope: organizations === null ? null : { appId, organizations },
    actor: `key:${keyId}`,
    isAdmin: role === 'admin' && organizations === null,
  };
}

/** The keys of the store, which is opened only when a key is to be looked up there. */
function storeOf({ open }: HttpEvent<ActionVariable, ActionResources>): ApiKeyStore {
  return { present: async (key) => (await open()).apiKeys.present(key) };
}
