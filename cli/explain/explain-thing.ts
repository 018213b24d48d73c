import type { Batch, Code, Contract, Delivery, Notification } from '../../client/actions.ts';
import type { Client } from '../../client/create-client.ts';
import { QianmaProblem } from '../../client/problem.ts';
import { inBoth, type Text } from '../../shared/text.ts';

/** What an id stands for, what happened to it and why, in sentences; undefined: the key sees nothing of this id. */
export async function explainThing(client: Client, id: string): Promise<readonly Text[] | undefined> {
  const code = await firstCode(client, id);
  if (code !== undefined) return aboutCode(client, code);
  const contract = (await known(client.call('DescribeContracts', { FlowId: id })))?.Contracts[0];
  if (contract !== undefined) return [aboutContract(contract)];
  const batch = (await known(client.call('DescribeBatches', { BatchId: id })))?.Batches[0];
  if (batch !== undefined) return aboutBatch(client, batch);
  const byId = { NotificationId: id };
  const notification = (await known(client.call('DescribeNotifications', byId)))?.Notifications[0];
  if (notification !== undefined) return [aboutNotification(notification)];
  const deliveries = (await known(client.call('DescribeEvents', { EventId: id })))?.Events ?? [];
  return deliveries.length === 0 ? undefined : deliveries.map(aboutDelivery);
}

/** By whichever of its ids it is called. An id that is none is no fault here. */
async function firstCode(client: Client, id: string): Promise<Code | undefined> {
  for (const member of ['CodeId', 'QrCodeId', 'Slug', 'ExternalId'] as const) {
    const found = await known(client.call('DescribeMultiFlowSignQRCodes', { [member]: id }));
    if (found?.Codes[0] !== undefined) return found.Codes[0];
  }
  return undefined;
}

/** What a call answers; undefined where there is no such thing, or no thing can have such an id. */
async function known<Answer>(call: Promise<Answer>): Promise<Answer | undefined> {
  try {
    return await call;
  } catch (error) {
    if (error instanceof QianmaProblem && (error.status === 404 || error.status === 400)) return undefined;
    throw error;
  }
}

async function aboutCode(client: Client, code: Code): Promise<Text[]> {
  const { Notifications } = await client.call('DescribeNotifications', { CodeId: code.CodeId, Limit: 3 });
  const { Use, Renewal, Reason, Notice } = code;
  return [
    {
      zh: `签署码 ${nameOf(code)}：${code.State}。${Reason.Zh}`,
      en: `Code ${nameOf(code)} is ${code.State}. ${Reason.En}`,
    },
    ...(Notice ? [{ zh: Notice.Zh, en: Notice.En }] : []),
    {
      zh: `第 ${code.GenerationsMade} 代已用 ${Use.Used}/${Use.MaxFlowNum}。${Use.Reason.Zh}`,
      en: `Generation ${code.GenerationsMade}: ${Use.Used} of ${Use.MaxFlowNum} used. ${Use.Reason.En}`,
    },
    ...(code.ExpiredTime
      ? [{ zh: `${at(code.ExpiredTime)} 到期。`, en: `It expires on ${at(code.ExpiredTime)}.` }]
      : []),
    ...(Renewal.NextOn
      ? [{ zh: `${at(Renewal.NextOn)} 续期。`, en: `Its successor is due on ${at(Renewal.NextOn)}.` }]
      : []),
    ...(Renewal.Reason ? [{ zh: Renewal.Reason.Zh, en: Renewal.Reason.En }] : []),
    ...(code.PossibleOrphans > 0
      ? [
          {
            zh: `上游可能还有 ${code.PossibleOrphans} 个无主签署码。`,
            en: `${code.PossibleOrphans} QR codes may live upstream without an owner.`,
          },
        ]
      : []),
    ...Notifications.map(aboutNotification),
  ];
}

const nameOf = ({ QrCodeName, ExternalId, CodeId }: Code) =>
  [QrCodeName ?? ExternalId, CodeId].filter((name) => name).join(' ');

function aboutContract(contract: Contract): Text {
  const { FlowId, State, StateOn, CodeId, Generation, HoursLeft } = contract;
  const left = HoursLeft === null || HoursLeft === undefined ? undefined : HoursLeft;
  return {
    zh: `合同 ${FlowId} 自 ${at(StateOn)} 起为 ${State}，由签署码 ${CodeId} 第 ${Generation} 代发起${left === undefined ? '' : `，签署时间还剩 ${left} 小时`}。`,
    en: `Contract ${FlowId} is ${State} since ${at(StateOn)}; generation ${Generation} of code ${CodeId} has started it${left === undefined ? '' : `, and ${left} hours are left to sign`}.`,
  };
}

async function aboutBatch(client: Client, batch: Batch): Promise<Text[]> {
  const { BatchId, Operation, State, Total, Done, Failed, Unknown } = batch;
  const lines: Text[] = [
    {
      zh: `批次 ${BatchId}（${Operation}）：${State}，共 ${Total} 行，${Done} 完成，${Failed} 失败，${Unknown} 结果未知。`,
      en: `Batch ${BatchId} (${Operation}) is ${State}: of ${Total} rows ${Done} are done, ${Failed} have failed, ${Unknown} are unknown.`,
    },
  ];
  const { Rows } = await client.call('DescribeBatchRows', { BatchId, State: 'Failed', Limit: 10 });
  for (const { Row, ExternalId, Error: failure } of Rows) {
    const name = [Row, ExternalId].filter((part) => part).join(' ');
    lines.push({ zh: `第 ${name} 行：${failure?.Zh ?? ''}`, en: `Row ${name}: ${failure?.En ?? ''}` });
  }
  return lines;
}

function aboutNotification({ MsgType, ReceivedOn, Outcome, Reason, NextTryOn }: Notification): Text {
  return inBoth((language) => {
    const sentence = language === 'zh' ? Reason.Zh : Reason.En;
    const next = NextTryOn
      ? { zh: `${at(NextTryOn)} 重试。`, en: `It is tried again on ${at(NextTryOn)}.` }[language]
      : '';
    return `${at(ReceivedOn)} ${MsgType}: ${Outcome}. ${sentence} ${next}`.trimEnd();
  });
}

function aboutDelivery({
  EventType,
  SubscriptionId,
  State,
  AttemptsMade,
  Reason,
  NextRetryOn,
}: Delivery): Text {
  const next = NextRetryOn
    ? { zh: `${at(NextRetryOn)} 重试。`, en: `The next try is on ${at(NextRetryOn)}.` }
    : { zh: '', en: '' };
  return {
    zh: `${EventType} → 订阅 ${SubscriptionId}：${State}，已尝试 ${AttemptsMade} 次。${Reason.Zh} ${next.zh}`.trimEnd(),
    en: `${EventType} to subscription ${SubscriptionId} is ${State} after ${AttemptsMade} tries. ${Reason.En} ${next.en}`.trimEnd(),
  };
}

/** Unix seconds, as a person reads them. */
const at = (atS: number) => `${new Date(atS * 1000).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
