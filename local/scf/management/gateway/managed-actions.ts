import { createAlias } from '../actions/CreateAlias.ts';
import { createCustomDomain } from '../actions/CreateCustomDomain.ts';
import { createFunction } from '../actions/CreateFunction.ts';
import { createNamespace } from '../actions/CreateNamespace.ts';
import { createTrigger } from '../actions/CreateTrigger.ts';
import { deleteAlias } from '../actions/DeleteAlias.ts';
import { deleteCustomDomain } from '../actions/DeleteCustomDomain.ts';
import { deleteFunction } from '../actions/DeleteFunction.ts';
import { deleteProvisionedConcurrencyConfig } from '../actions/DeleteProvisionedConcurrencyConfig.ts';
import { deleteReservedConcurrencyConfig } from '../actions/DeleteReservedConcurrencyConfig.ts';
import { deleteTrigger } from '../actions/DeleteTrigger.ts';
import { getAlias } from '../actions/GetAlias.ts';
import { getCustomDomain } from '../actions/GetCustomDomain.ts';
import { getFunction } from '../actions/GetFunction.ts';
import { getFunctionEventInvokeConfig } from '../actions/GetFunctionEventInvokeConfig.ts';
import { getProvisionedConcurrencyConfig } from '../actions/GetProvisionedConcurrencyConfig.ts';
import { getReservedConcurrencyConfig } from '../actions/GetReservedConcurrencyConfig.ts';
import { invoke } from '../actions/Invoke.ts';
import { invokeFunction } from '../actions/InvokeFunction.ts';
import { listAliases } from '../actions/ListAliases.ts';
import { listCustomDomains } from '../actions/ListCustomDomains.ts';
import { listFunctions } from '../actions/ListFunctions.ts';
import { listNamespaces } from '../actions/ListNamespaces.ts';
import { listTriggers } from '../actions/ListTriggers.ts';
import { listVersionByFunction } from '../actions/ListVersionByFunction.ts';
import { publishVersion } from '../actions/PublishVersion.ts';
import { putProvisionedConcurrencyConfig } from '../actions/PutProvisionedConcurrencyConfig.ts';
import { putReservedConcurrencyConfig } from '../actions/PutReservedConcurrencyConfig.ts';
import { updateAlias } from '../actions/UpdateAlias.ts';
import { updateCustomDomain } from '../actions/UpdateCustomDomain.ts';
import { updateFunctionCode } from '../actions/UpdateFunctionCode.ts';
import { updateFunctionConfiguration } from '../actions/UpdateFunctionConfiguration.ts';
import { updateFunctionEventInvokeConfig } from '../actions/UpdateFunctionEventInvokeConfig.ts';
import { updateTrigger } from '../actions/UpdateTrigger.ts';
import type { ManagedAction } from './managed-action.ts';

/** Every action that is emulated. */
export const managedActions: readonly ManagedAction[] = [
  createAlias,
  createCustomDomain,
  createFunction,
  createNamespace,
  createTrigger,
  deleteAlias,
  deleteCustomDomain,
  deleteFunction,
  deleteProvisionedConcurrencyConfig,
  deleteReservedConcurrencyConfig,
  deleteTrigger,
  getAlias,
  getCustomDomain,
  getFunction,
  getFunctionEventInvokeConfig,
  getProvisionedConcurrencyConfig,
  getReservedConcurrencyConfig,
  invoke,
  invokeFunction,
  listAliases,
  listCustomDomains,
  listFunctions,
  listNamespaces,
  listTriggers,
  listVersionByFunction,
  publishVersion,
  putProvisionedConcurrencyConfig,
  putReservedConcurrencyConfig,
  updateAlias,
  updateCustomDomain,
  updateFunctionCode,
  updateFunctionConfiguration,
  updateFunctionEventInvokeConfig,
  updateTrigger,
];

const byName = new Map(managedActions.map((action) => [action.name, action]));

export const managedAction = (name: string): ManagedAction | undefined => byName.get(name);
