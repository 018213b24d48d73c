import { Failure } from '../errors.ts';
import type { Text } from '../text.ts';
import { explainError } from './explain-error.ts';
import { explainThing, type Look } from './explain-thing.ts';

/**
 * What an error code means, or what an id stands for and what happened to it.
 *
 * @param open how to look into the register, which an error code does without
 * @throws Failure `NotFound`; what a look throws
 */
export async function explain(what: string, open: () => Promise<Look>): Promise<readonly Text[]> {
  const error = explainError(what);
  if (error !== undefined) return error;
  const thing = await explainThing(await open(), what);
  if (thing !== undefined) return thing;
  throw new Failure('NotFound', { detail: isRequestId(what) ? inLogs(what) : nowhere(what) });
}

/** Ours are UUIDs, those of Tencent too; the emulator's begin with `s`. */
const isRequestId = (text: string) => /^([\da-f]{8}-([\da-f]{4}-){3}[\da-f]{12}|s\d{10,})$/i.test(text);

const inLogs = (id: string): Text => ({
  zh: `登记库不按请求编号查找。请在函数日志中搜索 requestId:"${id}" OR upstreamRequestId:"${id}"，其 codeId 可再用于 explain`,
  en: `the register is not searched by the ids of requests: search the functions' logs for requestId:"${id}" OR upstreamRequestId:"${id}", and explain the codeId of that line`,
});
const nowhere = (id: string): Text => ({
  zh: `此密钥所见之处没有 ${id}：既非错误码，也非签署码、合同、批次、回调或事件的编号`,
  en: `this key sees no ${id}: it is no error code, and no id of a code, contract, batch, notification or event`,
});
