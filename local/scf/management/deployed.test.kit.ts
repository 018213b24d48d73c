import { httpDesc } from './good-requests.ts';
import type { StartedManagement } from './management.test.kit.ts';

/** The function of most tests. */
export const FunctionName = 'fine';
export const says = (text: string) => ({ 'index.js': `exports.main_handler = async () => '${text}';` });
export const throws = {
  'index.js': "exports.main_handler = async () => { throw new Error('made-up failure'); };",
};

export interface Invoked {
  RetMsg: string;
  ErrMsg: string;
  InvokeResult: number;
  Log: string;
  MemUsage: number;
  FunctionRequestId: string;
}
export async function invoke(started: StartedManagement, request: object = {}): Promise<Invoked> {
  const { Result } = await started.done('Invoke', { FunctionName, ...request });
  return Result as Invoked; // the shape of every answer of Invoke
}

/** Gives the function a URL, and says where it is whether or not the API shows it. */
export async function createUrl(started: StartedManagement, change: object = {}): Promise<string> {
  const desc = JSON.stringify({ ...(JSON.parse(httpDesc) as object), ...change });
  await started.done('CreateTrigger', { FunctionName, TriggerName: 'url', Type: 'http', TriggerDesc: desc });
  return started.management.state().functions[0]?.triggers[0]?.leads ?? '';
}
