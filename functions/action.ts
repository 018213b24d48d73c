/** The one wiring of every action: database, API keys, remembered answers, clock and ids; the rest by need. */
import type * as z from 'zod/mini';
import type { Config, VariableName } from '../shared/runtime/config.ts';
import type { Role } from '../shared/runtime/http/api-keys.ts';
import type { CsvForm } from '../shared/runtime/http/csv.ts';
import { type ActionEvent, actionVariables, httpAction } from '../shared/runtime/http/http-action.ts';
import type { MainHandler } from '../shared/runtime/http/http-handler.ts';
import type { VersionCondition } from '../shared/runtime/http/version-condition.ts';
import { createApiKeys } from '../shared/store/access/api-keys.ts';
import { createIdempotencyRecords } from '../shared/store/access/idempotency-records.ts';
import type { Seal } from '../shared/world.ts';
import { type Basis, connectEarlier, openBasis } from './basis.ts';

export interface Action<Schema extends z.ZodMiniObject, Name extends VariableName, Resources> {
  /** As the API names it. */
  name: string;
  /** The least role that may call it. What a `viewer` may do changes nothing. */
  role: Role;
  /** Schema of the body. */
  request: Schema;
  /** Variables of the environment beside those of every action. */
  needs: readonly Name[];
  /** Opens what the action keeps beside the basis. */
  open(basis: Basis & { config: Config<Name> }): Resources;
  /** False: this request changes nothing, and its answer is not remembered under an `Idempotency-Key`. */
  changes?(input: z.output<Schema>): boolean;
  /** Of answers that hold a secret: seals what is remembered of them under an `Idempotency-Key`. */
  answerSeal?(resources: Resources): Seal;
  /** The answer as a table, for those who ask for `text/csv`. */
  csv?: CsvForm;
  /** What `If-Match` means to it; left out: there is nothing that it could match. */
  condition?: VersionCondition;
  /** The version of what an answer holds, for its `ETag`; left out: the member `Version`. */
  version?(members: object): unknown;
  /** Members of the answer, beside `RequestId`; a text in both languages is answered in the caller's. */
  run(event: ActionEvent<Schema, Name | 'DATABASE_URL', Basis & Resources>): Promise<object>;
}

/** The handler of an action, with what it takes for whoever writes that down. */
export interface ActionHandler<Schema extends z.ZodMiniObject = z.ZodMiniObject> extends MainHandler {
  readonly definition: Pick<
    Action<Schema, VariableName, never>,
    'name' | 'role' | 'request' | 'csv' | 'condition' | 'version'
  >;
}

/** Makes an action: opens what all of them need, and lets it open the rest. */
export function action<Schema extends z.ZodMiniObject, const Name extends VariableName, Resources = unknown>({
  needs,
  open,
  answerSeal,
  ...rest
}: Action<Schema, Name, Resources>): ActionHandler<Schema> {
  const early = connectEarlier([...needs, ...actionVariables]);
  const handler = httpAction<Schema, Name | 'DATABASE_URL', Basis & Resources>({
    ...rest,
    needs: [...needs, 'DATABASE_URL'],
    open(config, time) {
      const basis = openBasis(config, time, early);
      const opened = open({ ...basis, config });
      const { db, surroundings } = basis;
      return {
        apiKeys: createApiKeys(db),
        ...(rest.role !== 'viewer' && {
          idempotency: createIdempotencyRecords(db, {
            newWorkId: surroundings.ids.id,
            ...(answerSeal && { seal: answerSeal(opened) }),
          }),
        }),
        ...basis,
        ...opened,
      };
    },
  });
  return Object.assign(handler, { definition: rest });
}
