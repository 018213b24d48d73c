import type { Services } from '../services.ts';
import { domainsOn } from './account.ts';
import { beijingTime } from './beijing-time.ts';
import type { FunctionRecord, HttpTriggerRecord, TriggerRecord } from './function-record.ts';

/** What a trigger is answered as: `Enable` is a number, and `TriggerDesc` JSON, whatever was sent. */
export function triggerView(services: Services, trigger: TriggerRecord) {
  return {
    TriggerName: trigger.name,
    Type: trigger.type,
    TriggerDesc: JSON.stringify(
      trigger.type === 'timer' ? { cron: trigger.cron } : httpDesc(services, trigger),
    ),
    Enable: trigger.enabled ? 1 : 0,
    Qualifier: trigger.qualifier,
    CustomArgument: trigger.type === 'timer' ? trigger.argument : '',
    Description: trigger.description,
    AvailableStatus: 'Available',
    AddTime: beijingTime(trigger.addedMs),
    ModTime: beijingTime(trigger.changedMs),
    // Deprecated upstream, and still answered.
    ResourceId: '',
    BindStatus: '',
    TriggerAttribute: '',
  };
}

/** As `ListTriggers` answers it; only there the custom domains are named. */
export function listedTriggerView(services: Services, fn: FunctionRecord, trigger: TriggerRecord) {
  const domains = trigger.type === 'http' ? domainsOn(services.account, fn, trigger.qualifier) : [];
  return {
    ...triggerView(services, trigger),
    BoundResources: domains.length === 0 ? '' : JSON.stringify(domains.map(({ domain }) => domain)),
  };
}

/**
 * In the cloud the URLs are `https://<appid>-<id>.<region>.tencentscf.com`; here the public one is a port of this
 * machine, plain HTTP, without a slash at the end. There is no intranet, and there are no WebSockets.
 */
function httpDesc(services: Services, trigger: HttpTriggerRecord) {
  const { NetConfig, ...desc } = trigger.desc;
  const isShown = trigger.pollsLeft === 0 && NetConfig.EnableExtranet;
  const url = isShown ? services.triggers.urlOf(trigger) : '';
  return {
    ...desc,
    NetConfig: {
      ...NetConfig,
      ExtranetUrl: url,
      ExtranetHTTPUrl: url,
      IntranetUrl: '',
      IntranetHTTPUrl: '',
      WssExtranetUrl: '',
      WsExtranetUrl: '',
      WssIntranetUrl: '',
      WsIntranetUrl: '',
    },
  };
}

/** A Function URL is not known at once: each look at it brings it nearer. */
export function countLook(trigger: TriggerRecord): void {
  if (trigger.type === 'http' && trigger.pollsLeft > 0) trigger.pollsLeft -= 1;
}
