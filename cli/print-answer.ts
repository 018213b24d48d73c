import type { Client } from '../client/create-client.ts';
import type { Shell } from '../shared/shell/shell.ts';
import { type ActionContract, isTime } from './contract.ts';
import { tableOf } from './table.ts';

/** How an answer is wanted. */
export interface Form {
  table?: string | boolean;
  /** Names with commas between them. */
  columns?: string | boolean;
}

/** Prints an answer as JSON, or its list as a table. */
export function printAnswer(answer: object, action: ActionContract, form: Form, shell: Shell): void {
  const list: unknown = action.list === undefined ? undefined : Reflect.get(answer, action.list);
  if (form.table === true && Array.isArray(list)) printTable(list, action, form, shell);
  else shell.print(JSON.stringify(answer, null, 2));
}

export interface ListCall {
  client: Client;
  action: ActionContract;
  request: object;
}

/** Prints a list with all its pages: a table, or an item in each line as it comes. */
export async function printWhole(
  { client, action, request }: ListCall,
  list: string,
  form: Form,
  shell: Shell,
): Promise<void> {
  const items: object[] = [];
  // Any list of any action: the command line knows their names at run time alone.
  const [name, member] = [action.name as 'DescribeContracts', list as 'Contracts'];
  for await (const item of client.each(name, member, { Limit: 100, ...request })) {
    if (form.table === true) items.push(item);
    else shell.print(JSON.stringify(item));
  }
  if (form.table === true) printTable(items, action, form, shell);
}

function printTable(items: readonly object[], action: ActionContract, { columns }: Form, shell: Shell): void {
  const named = typeof columns === 'string' ? columns.split(',').map((name) => name.trim()) : undefined;
  const lines = tableOf(items, {
    language: shell.language,
    isTime: (member) => isTime(action, member),
    ...(named !== undefined && { columns: named }),
  });
  for (const line of lines) shell.print(line);
}
