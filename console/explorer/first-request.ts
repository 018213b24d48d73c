import type { CallerIdentity } from '../api/answers.ts';
import type { Action, Contract } from './contracts.ts';
import { shapeOf } from './schema.ts';
import { type Path, pathText, valueAt, withValueAt } from './value.ts';

/**
 * What a request begins with: for whom it acts and who acts, as far as the key says so. Tencent wants all of it; our own
 * actions know the application, and the rest where the key says it.
 */
export function firstRequest(
  { api, request }: Pick<Action, 'api' | 'request'>,
  { schemas }: Pick<Contract, 'schemas'>,
  caller: Pick<CallerIdentity, 'AppId' | 'Agent'> | undefined,
): Record<string, unknown> {
  const takesAgent = Object.hasOwn(shapeOf(request, schemas).schema.properties ?? {}, 'Agent');
  if (!takesAgent || caller === undefined || api === 'own') return {};
  const { AppId, Agent } = caller;
  return {
    Agent: {
      AppId,
      ...(Agent !== null && {
        ProxyOrganizationOpenId: Agent.ProxyOrganizationOpenId,
        ProxyOperator: { OpenId: Agent.ProxyOperatorOpenId },
      }),
    },
  };
}

/**
 * The place of a member that was found by its name: inside a list it is the one of the first item, which is there then.
 *
 * @param found `Restrictions.Mobile`
 */
export function withMember(
  value: Record<string, unknown>,
  found: string,
  { request }: Pick<Action, 'request'>,
  { schemas }: Pick<Contract, 'schemas'>,
): { value: Record<string, unknown>; place: string } {
  let schema = request;
  let path: Path = [];
  let next: unknown = value;
  for (const name of found.split('.')) {
    const { kind, schema: own } = shapeOf(schema, schemas);
    if (kind === 'list') {
      path = [...path, 0];
      if (valueAt(next, path) === undefined) next = withValueAt(next, path, {});
    }
    const { properties = {} } = kind === 'list' ? shapeOf(own.items ?? {}, schemas).schema : own;
    path = [...path, name];
    schema = properties[name] ?? {};
  }
  return { value: next as Record<string, unknown>, place: pathText(path) }; // an object stays one
}
