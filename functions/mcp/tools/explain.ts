import * as z from 'zod/mini';
import { explain } from '../../../shared/explain/explain.ts';
import { lookAs } from '../look-as.ts';
import { tool } from '../tool.ts';

export const explainTool = tool({
  name: 'explain',
  role: 'viewer',
  title: { zh: '解释编号或错误码', en: 'Explain an id or an error code' },
  text: {
    zh: '用几句话说明一个编号是什么、发生了什么、为什么：签署码、合同、批次、回调、事件的编号，或错误码（含原因与办法），或 RequestId（说明在日志中如何查找）。不改变任何数据。',
    en: 'Tells in sentences what an id stands for, what happened and why: the id of a code, contract, batch, notification or event; an error code, with its cause and what to do; a RequestId, with how to find it in the logs. Changes nothing.',
  },
  request: z.strictObject({ Id: z.string().check(z.minLength(1), z.maxLength(200)) }),
  members: {
    Id: { zh: '编号、错误码或 RequestId', en: 'An id, an error code or a RequestId' },
  },
  async run({ Id }, call) {
    const sentences = await explain(Id, async () => lookAs(call));
    return { Id, Sentences: sentences.map((sentence) => sentence[call.event.language]) };
  },
});
