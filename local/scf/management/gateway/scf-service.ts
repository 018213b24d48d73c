import { refusalOfMissing } from '../../../cloud-api/check-call.ts';
import type { CloudService } from '../../../cloud-api/cloud-service.ts';
import type { Refusal } from '../../../cloud-api/outcome.ts';
import { memberDetail } from '../../../cloud-api/parse-request.ts';
import { common, type ReadCall } from '../../../cloud-api/read-call.ts';
import type { Violation } from '../../../cloud-api/violation.ts';
import { type ScfErrorCode, scfErrorCodes } from '../error-codes.ts';
import { upstreamActions } from '../upstream-actions.ts';
import type { ManagedAction } from './managed-action.ts';
import { managedAction } from './managed-actions.ts';
import { maskRequest } from './mask-request.ts';
import { refuse } from './refuse.ts';

/** The management API of the one region that there is. */
export function scfService(region: string): CloudService<ManagedAction> {
  return {
    name: 'scf',
    version: '2018-04-16',
    upstreamActions,
    action: managedAction,
    // TC3 is documented for 10 MB, the zip of a function for 50 MB, which are 67 MB in base64: where the two contradict
    // each other the zip wins, see `assumptions.ts`.
    maxBodyBytes: 80 * 1024 * 1024,
    codes: scfErrorCodes,
    refuse,
    refuseMember: (action, violation, reason) =>
      refuse(codeOf(action, violation), memberDetail(violation), { reason }),
    mask: maskRequest,
    check: (read) => refusalOfRegion(read, region),
  };
}

function refusalOfRegion(read: ReadCall, region: string): Refusal | undefined {
  if (common(read, 'Region') === region) return undefined;
  return (
    refusalOfMissing(read, 'Region', refuse) ??
    refuse('UnsupportedRegion', { zh: `此处只有 ${region}`, en: `only ${region} is here` })
  );
}

function codeOf(action: ManagedAction, { kind, path }: Violation): ScfErrorCode {
  if (kind === 'missing') return path === 'Code' ? 'MissingParameter.Code' : 'MissingParameter';
  if (kind === 'unknown') return 'UnknownParameter';
  if (kind === 'type') return 'InvalidParameter';
  const member = path.split('.')[0] ?? '';
  return action.valueCodes[member] ?? 'InvalidParameterValue';
}
