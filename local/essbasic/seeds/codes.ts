import type { SignCode } from '../state/entities.ts';
import { exampleAgent } from './organisations.ts';
import { seedId } from './seed-id.ts';
import { exampleTemplateId } from './templates.ts';

export const livingCodeId = seedId('livingCode');
export const cancelledCodeId = seedId('cancelledCode');
export const expiredCodeId = seedId('expiredCode');
export const usedUpCodeId = seedId('usedUpCode');
export const foreignCodeId = seedId('foreignCode');

const secondsPerDay = 86_400;

/** A living code, one for each way to be dead, and one that lives in another organisation. */
export function seedCodes(nowS: number): SignCode[] {
  const code = (QrCodeId: string, changes: Partial<SignCode>): SignCode => ({
    QrCodeId,
    AppId: exampleAgent.AppId,
    ProxyOrganizationOpenId: exampleAgent.ProxyOrganizationOpenId,
    TemplateId: exampleTemplateId,
    FlowName: '入职合同',
    QrCodeName: '入职合同',
    createdAtS: Math.max(0, nowS - secondsPerDay),
    expiresAtS: nowS + 365 * secondsPerDay,
    maxFlowNum: 5,
    used: 0,
    flowEffectiveDays: 7,
    restrictions: [],
    forbidPersonalMultipleSign: false,
    flowNameAppendScannerInfo: false,
    scannedBy: [],
    ...changes,
  });
  return [
    code(livingCodeId, {}),
    code(cancelledCodeId, { cancelledAtS: nowS }),
    code(expiredCodeId, { expiresAtS: nowS }),
    code(usedUpCodeId, { used: 5 }),
    code(foreignCodeId, { ProxyOrganizationOpenId: 'org-elsewhere' }),
  ];
}
