/** Versions, which never change again. */
import * as z from 'zod/mini';
import { manageFunction } from '../gateway/managed-action.ts';
import { Description } from '../schemas/configuration-members.ts';
import { defaultNamespace } from '../state/account.ts';
import { refuseBusy } from '../state/find.ts';
import { publish } from '../state/settle.ts';

export const publishVersion = manageFunction({
  name: 'PublishVersion',
  members: { Description: z.optional(Description) },
  publishedCodes: [
    'FailedOperation.PublishVersion',
    'InvalidParameterValue.Description',
    'ResourceNotFound.Function',
    'ResourceNotFound.Namespace',
  ],
  valueCodes: { Description: 'InvalidParameterValue.Description' },
  handle(asked, fn, services) {
    const { latest, published, runtime } = fn;
    const busy = [latest, ...published.values()].find(({ life }) => life.pending !== undefined);
    const notReady = latest.life.status === 'Active' ? busy : latest;
    if (notReady !== undefined) {
      return refuseBusy(services, fn, notReady, 'FailedOperation.PublishVersion');
    }
    const version = publish(services, fn, asked.Description ?? '');
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
        Namespace: defaultNamespace,
      },
    };
  },
});
