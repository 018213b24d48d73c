import * as z from 'zod/mini';
import { listBatches } from '../../../shared/codes/batch/describe-batches.ts';
import type { CodeState } from '../../../shared/codes/code.ts';
import { listOrganizations } from '../../../shared/codes/organization/describe-organizations.ts';
import { listCodes } from '../../../shared/codes/reading/describe-codes.ts';
import { describeDeliveries } from '../../../shared/delivery/subscriptions/describe-deliveries.ts';
import { textFilter } from '../../../shared/list-cursor.ts';
import { listNotifications } from '../../../shared/notifications/describe-notifications.ts';
import { type Scope, seconds } from '../../../shared/world.ts';
import { type Call, scopeOf } from '../call.ts';
import { shownCode } from '../shown-code.ts';
import { tool } from '../tool.ts';

const usualHours = 24;
/** Entries of each kind. */
const most = 20;
/** Among as many, the newest, those that have failed are looked for. */
const examined = 100;

/** States in which a code stays until a person does something. */
const troubledStates = ['Failed', 'OutcomeUnknown'] as const satisfies CodeState[];

interface Period {
  scope: Scope;
  sinceS: number;
}

export const recentFailures = tool({
  name: 'recent_failures',
  role: 'viewer',
  title: { zh: '近期失败', en: 'Recent failures' },
  text: {
    zh: `列出需要人处理的问题：失败或结果未知的签署码、额度用尽的企业、近期处理失败的回调、放弃投递的事件、有失败行的批次；每类最多 ${most} 条，各有原因。不改变任何数据。`,
    en: `Lists what needs a person: codes that have failed or whose outcome is unknown, organisations without quota, and of late: notifications that could not be applied, events that were given up, batches with failed rows; up to ${most} of each, each with its reason. Changes nothing.`,
  },
  request: z.strictObject({
    Hours: z.optional(z.int().check(z.minimum(1), z.maximum(168))),
    ProxyOrganizationOpenId: textFilter,
  }),
  members: {
    Hours: { zh: `多少小时以来，默认 ${usualHours}`, en: `Of how many hours, ${usualHours} by default` },
    ProxyOrganizationOpenId: { zh: '只看此企业', en: 'Of this organisation alone' },
  },
  async run({ Hours = usualHours, ProxyOrganizationOpenId }, call) {
    const sinceS = seconds(call.resources.surroundings.nowMs()) - Hours * 3600;
    const period = { scope: scopeOf(call, ProxyOrganizationOpenId), sinceS };
    const [Codes, Organizations, Notifications, Events, Batches] = await Promise.all([
      troubledCodes(call, period),
      blockedOrganizations(call, period),
      failedNotifications(call, period),
      deadDeliveries(call, period),
      failedBatches(call, period),
    ]);
    return { Since: sinceS, Codes, Organizations, Notifications, Events, Batches };
  },
});

async function troubledCodes({ resources }: Call, { scope }: Period) {
  const pages = troubledStates.map((state) =>
    listCodes(resources, { filter: { state }, scope, limit: most }),
  );
  return (await Promise.all(pages)).flatMap(({ Codes }) => Codes.map(shownCode)).slice(0, most);
}

async function blockedOrganizations({ resources, appId }: Call, { scope }: Period) {
  const { Organizations } = await listOrganizations(resources, { appId, scope, limit: examined });
  return Organizations.filter(({ Quota }) => Quota.State === 'Blocked')
    .slice(0, most)
    .map(({ ProxyOrganizationOpenId, Quota }) => ({ ProxyOrganizationOpenId, Quota }));
}

async function failedNotifications({ resources }: Call, { scope, sinceS }: Period) {
  const filter = { outcome: 'failed', sinceS } as const;
  const { Notifications } = await listNotifications(resources, { filter, scope, limit: most });
  return Notifications.map(({ NotificationId, MsgType, ReceivedOn, Reason, CodeId, FlowId }) => ({
    NotificationId,
    MsgType,
    ReceivedOn,
    Reason,
    CodeId,
    FlowId,
  }));
}

async function deadDeliveries({ resources }: Call, { scope, sinceS }: Period) {
  const filter = { state: 'dead', fromMs: sinceS * 1000 } as const;
  const { Events } = await describeDeliveries(resources.deliveries, { filter, scope, limit: most });
  return Events.map(({ EventId, EventType, OccurredOn, CodeId, SubscriptionId, Reason, AttemptsMade }) => ({
    EventId,
    EventType,
    OccurredOn,
    CodeId,
    SubscriptionId,
    Reason,
    AttemptsMade,
  }));
}

async function failedBatches({ resources }: Call, { scope, sinceS }: Period) {
  const { Batches } = await listBatches(resources, { scope, limit: examined });
  return Batches.filter(({ CreatedOn, Failed, Unknown }) => CreatedOn >= sinceS && Failed + Unknown > 0)
    .slice(0, most)
    .map(({ BatchId, Operation, State, Total, Failed, Unknown, CreatedOn }) => ({
      BatchId,
      Operation,
      State,
      Total,
      Failed,
      Unknown,
      CreatedOn,
    }));
}
