import * as z from 'zod/mini';
import { cronProblem } from '../../../../shared/scf/cron.ts';
import { type Found, found } from '../../../cloud-api/outcome.ts';
import { refuse } from '../gateway/refuse.ts';
import type { HttpDesc } from '../state/function-record.ts';

const texts = z.optional(z.array(z.string()));

/** Of a Function URL (product document 583/100227); the last two are in no document, and are sent all the same. */
const Desc = z.strictObject({
  AuthType: z.enum(['NONE', 'CAM']),
  NetConfig: z.strictObject({ EnableIntranet: z.boolean(), EnableExtranet: z.boolean() }),
  CorsConfig: z.optional(
    z.strictObject({
      Enable: z.boolean(),
      Origins: texts,
      Headers: texts,
      Methods: texts,
      ExposeHeaders: texts,
      MaxAge: z.optional(z.int().check(z.minimum(0))),
      Credentials: z.optional(z.boolean()),
    }),
  ),
  ApiGwCompatible: z.optional(z.boolean()),
  EnableSimpleMode: z.optional(z.boolean()),
});

/** The `TriggerDesc` of a Function URL: JSON. */
export function readHttpDesc(text: string | undefined): Found<HttpDesc> {
  let value: unknown;
  try {
    value = JSON.parse(text ?? '');
  } catch {
    return refuse('InvalidParameterValue.TriggerDesc', { zh: '须为 JSON', en: 'it must be JSON' });
  }
  const read = Desc.safeParse(value);
  if (read.success) return found(read.data);
  const [issue] = read.error.issues;
  const where = issue === undefined ? '' : [...issue.path, ...('keys' in issue ? issue.keys : [])].join('.');
  return refuse('InvalidParameterValue.TriggerDesc', where);
}

/** The `TriggerDesc` of a timer: the bare expression, although it is answered as JSON. */
export function readCron(text: string | undefined): Found<string> {
  const problem = text === undefined ? { zh: '缺失', en: 'it is missing' } : cronProblem(text);
  return problem === undefined ? found(text ?? '') : refuse('InvalidParameterValue.TriggerDesc', problem);
}
