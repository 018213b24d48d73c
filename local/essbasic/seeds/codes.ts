import type { SignCode } from '../state/entities.ts';
import { exampleAgent } from './organisations.ts';
import { seedId } from './seed-id.ts';
import { exampleTemplateId } from './templates.ts';

export const cancelledCodeId = seedId('cancelledCode');
export const expiredCodeId = seedId('expiredCode');
export const usedUpCodeId = seedId('usedUpCode');
export const foreignCodeId = seedId('foreignCode');

const secondsPerDay = 86_400;

/** One code for each way to be dead, and one that lives in another organisation. */
export function seedCodes(nowS: number): SignCode[] {
  const dead = (QrCodeId: string, changes: Partial<SignCode>): SignCode => ({
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
    dead(cancelledCodeId, { cancelledAtS: nowS }),
    dead(expiredCodeId, { expiresAtS: nowS }),
    dead(usedUpCodeId, { used: 5 }),
    dead(foreignCodeId, { ProxyOrganizationOpenId: 'org-elsewhere' }),
  ];
}
