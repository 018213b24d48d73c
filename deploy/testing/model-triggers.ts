/** The triggers of the model of the cloud, whose descriptions come back in another form than they were sent. */
import type { ModelFunction } from './cloud-model.ts';
import { type Members, page, refuse, text } from './model-request.ts';

export interface ModelTrigger {
  Type: string;
  TriggerName: string;
  TriggerDesc: string;
  Qualifier: string;
  Enable: number;
  CustomArgument: string;
  /** Reads until the URL is there. */
  lateReads: number;
}

interface Parts {
  find(it: Members): ModelFunction;
  /** Refused with the code while the function is busy. */
  settled(it: Members, code: string): ModelFunction;
  lateUrls: ReadonlyMap<string, number>;
}

export function triggerActions({ find, settled, lateUrls }: Parts): Record<string, (it: Members) => Members> {
  return {
    ListTriggers: (it) => {
      const { triggers } = find(it);
      const list = triggers.map(({ lateReads, ...trigger }) => ({
        ...trigger,
        TriggerDesc: returned(trigger, lateReads, it),
      }));
      for (const trigger of triggers) trigger.lateReads = Math.max(0, trigger.lateReads - 1);
      return { Triggers: page(list, it), TotalCount: triggers.length };
    },
    CreateTrigger: (it) => {
      const found = settled(it, 'FailedOperation.CreateTrigger');
      const isThere = found.triggers.some(
        ({ Type, TriggerName, Qualifier }) =>
          Type === it['Type'] &&
          (Type === 'http' ? Qualifier === it['Qualifier'] : TriggerName === it['TriggerName']),
      );
      if (isThere) refuse('ResourceInUse.Trigger');
      found.triggers.push({ ...triggerOf(it), lateReads: lateUrls.get(text(it, 'FunctionName')) ?? 2 });
      return {};
    },
    UpdateTrigger: (it) => {
      const found = settled(it, 'FailedOperation.UpdateTrigger');
      const trigger = found.triggers.find(
        ({ TriggerName, Type }) => TriggerName === it['TriggerName'] && Type === it['Type'],
      );
      Object.assign(trigger ?? refuse('ResourceNotFound.Trigger'), triggerOf(it));
      return {};
    },
    DeleteTrigger: (it) => {
      const found = find(it);
      const index = found.triggers.findIndex(
        ({ TriggerName, Type, Qualifier }) =>
          TriggerName === it['TriggerName'] && Type === it['Type'] && Qualifier === it['Qualifier'],
      );
      if (index < 0) refuse('ResourceNotFound.Trigger');
      found.triggers.splice(index, 1);
      return {};
    },
  };
}

const triggerOf = (it: Members) => ({
  Type: text(it, 'Type'),
  TriggerName: text(it, 'TriggerName'),
  TriggerDesc: text(it, 'TriggerDesc'),
  Qualifier: text(it, 'Qualifier') || '$LATEST',
  Enable: it['Enable'] === 'CLOSE' ? 0 : 1,
  CustomArgument: text(it, 'CustomArgument'),
});

function returned(trigger: Omit<ModelTrigger, 'lateReads'>, lateReads: number, it: Members): string {
  if (trigger.Type === 'timer') return JSON.stringify({ cron: trigger.TriggerDesc });
  if (trigger.Type !== 'http') return trigger.TriggerDesc;
  const sent = JSON.parse(trigger.TriggerDesc) as {
    NetConfig?: Members;
    CorsConfig?: Members;
    AuthType?: string;
  }; // what was sent
  const url =
    lateReads > 0
      ? ''
      : `https://1250000000-${String(it['FunctionName']).toLowerCase()}.ap-guangzhou.tencentscf.com`;
  return JSON.stringify({
    AuthType: sent.AuthType,
    NetConfig: { ...sent.NetConfig, ExtranetUrl: url, IntranetUrl: '' },
    ...(sent.CorsConfig?.['Enable'] === true ? { CorsConfig: sent.CorsConfig } : {}),
  });
}
