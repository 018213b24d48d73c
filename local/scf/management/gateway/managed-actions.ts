import * as aliases from '../actions/alias.ts';
import * as concurrency from '../actions/concurrency.ts';
import { createFunction } from '../actions/create-function.ts';
import * as domains from '../actions/domain.ts';
import * as functions from '../actions/function.ts';
import * as invocations from '../actions/invoke.ts';
import * as lists from '../actions/list.ts';
import * as triggers from '../actions/trigger.ts';
import * as updates from '../actions/update-function.ts';
import { publishVersion } from '../actions/version.ts';
import type { ManagedAction } from './managed-action.ts';

/** Every action that is emulated. */
export const managedActions: readonly ManagedAction[] = [
  createFunction,
  publishVersion,
  ...[aliases, concurrency, domains, functions, invocations, lists, triggers, updates].flatMap((room) =>
    Object.values<ManagedAction>(room),
  ),
].sort((one, other) => (one.name < other.name ? -1 : 1));

const byName = new Map(managedActions.map((action) => [action.name, action]));

export const managedAction = (name: string): ManagedAction | undefined => byName.get(name);
