import * as z from 'zod/mini';
import { manage } from '../gateway/managed-action.ts';
import { Description } from '../schemas/configuration-members.ts';
import { functionMembers } from '../schemas/names.ts';
import { findFunction, refuseBusy } from '../state/find.ts';
import { publish } from '../state/settle.ts';

export const publishVersion = manage({
  name: 'PublishVersion',
  request: z.strictObject({ ...functionMembers, Description: z.optional(Description) }),
  publishedCodes: [
    'FailedOperation.PublishVersion',
    'InvalidParameterValue.Description',
    'ResourceNotFound.Function',
    'ResourceNotFound.Namespace',
  ],
  valueCodes: { Description: 'InvalidParameterValue.Description' },
  handle(asked, services) {
    const fn = findFunction(services, asked);
    if (!fn.ok) return fn;
    const { latest, published, runtime, namespace } = fn.value;
    const busy = [latest, ...published.values()].find(({ life }) => life.pending !== undefined);
    const notReady = latest.life.status === 'Active' ? busy : latest;
    if (notReady !== undefined) {
      return refuseBusy(services, fn.value, notReady, 'FailedOperation.PublishVersion');
    }
    const version = publish(services, fn.value, asked.Description ?? '');
    const { handler, configuration, code } = version.content;
    return {
      ok: true,
      response: {
        FunctionVersion: version.name,
        CodeSize: code.sizeBytes,
        MemorySize: configuration.MemorySize,
        Description: version.description,
        Handler: handler,
        Timeout: configuration.Timeout,
        Runtime: runtime,
        Namespace: namespace,
      },
    };
  },
});
