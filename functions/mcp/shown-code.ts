import type { CodeKey } from '../../shared/codes/ports.ts';
import { describeCode, type described } from '../../shared/codes/reading/describe-codes.ts';
import type { Scope } from '../../shared/world.ts';
import type { Resources } from './resources.ts';

/**
 * Of a code what an agent needs, in the vocabulary of the API. Left out is what is about persons or may be: who
 * operates, and the note, in which people write what they like.
 */
export function shownCode(code: ReturnType<typeof described>) {
  return {
    CodeId: code.CodeId,
    ExternalId: code.ExternalId,
    QrCodeName: code.QrCodeName,
    FlowName: code.FlowName,
    State: code.State,
    Reason: code.Reason,
    Notice: code.Notice,
    Usable: code.Usable,
    Used: code.Used,
    MaxFlowNum: code.MaxFlowNum,
    ExpiredTime: code.ExpiredTime,
    Renewal: code.Renewal,
    Forecast: code.Forecast,
    GenerationsMade: code.GenerationsMade,
    PossibleOrphans: code.PossibleOrphans,
    StableUrl: code.StableUrl,
    Labels: code.Labels,
    TemplateId: code.TemplateId,
    ProxyOrganizationOpenId: code.ProxyOrganizationOpenId,
    Version: code.Version,
    CreatedOn: code.CreatedOn,
    UpdatedOn: code.UpdatedOn,
  };
}

/** @throws Failure `NotFound`, also for a code that the caller may not see */
export async function showCode(resources: Resources, key: CodeKey, scope: Scope) {
  return shownCode(await describeCode(resources, key, scope));
}
