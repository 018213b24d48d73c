import { inBoth, type ShownText, type Text } from '../text.ts';

/** How somebody who explains looks into the register: each finds what the caller may see, and nothing where there is nothing. */
export interface Look {
  code(by: 'CodeId' | 'QrCodeId' | 'Slug' | 'ExternalId', id: string): Promise<ShownCode | undefined>;
  contract(flowId: string): Promise<ShownContract | undefined>;
  batch(batchId: string): Promise<ShownBatch | undefined>;
  /** Those rows of a batch that have failed, up to a few. */
  failedRows(batchId: string): Promise<readonly ShownRow[]>;
  notification(notificationId: string): Promise<ShownNotification | undefined>;
  /** The newest few that are about a code. */
  notificationsOf(codeId: string): Promise<readonly ShownNotification[]>;
  deliveries(eventId: string): Promise<readonly ShownDelivery[]>;
}

/**
 * What is told of each, in the vocabulary of the API: members of what its actions answer. An answer
 * may leave out what is null. Times are Unix seconds.
 */
interface ShownCode {
  CodeId: string;
  QrCodeName?: string | null;
  ExternalId?: string | null;
  State: string;
  Reason: ShownText;
  Notice?: ShownText | null;
  GenerationsMade: number;
  Use: { Used: number; MaxFlowNum: number; Reason: ShownText };
  ExpiredTime?: number | null;
  Renewal: { NextOn?: number | null; Reason?: ShownText | null };
  PossibleOrphans: number;
}

interface ShownContract {
  FlowId: string;
  State: string;
  StateOn: number;
  CodeId: string;
  Generation: number;
  HoursLeft?: number | null;
}

interface ShownBatch {
  BatchId: string;
  Operation: string;
  State: string;
  Total: number;
  Done: number;
  Failed: number;
  Unknown: number;
}

interface ShownRow {
  Row: number;
  ExternalId?: string | null;
  Error?: ShownText | null;
}

interface ShownNotification {
  MsgType: string;
  ReceivedOn: number;
  Outcome: string;
  Reason: ShownText;
  NextTryOn?: number | null;
}

interface ShownDelivery {
  EventType: string;
  SubscriptionId: string;
  State: string;
  AttemptsMade: number;
  Reason: ShownText;
  NextRetryOn?: number | null;
}

/** What an id stands for, what happened to it and why, in sentences; undefined: the caller sees nothing of this id. */
export async function explainThing(look: Look, id: string): Promise<readonly Text[] | undefined> {
  for (const by of ['CodeId', 'QrCodeId', 'Slug', 'ExternalId'] as const) {
    const code = await look.code(by, id);
    if (code !== undefined) return aboutCode(code, await look.notificationsOf(code.CodeId));
  }
  const contract = await look.contract(id);
  if (contract !== undefined) return [aboutContract(contract)];
  const batch = await look.batch(id);
  if (batch !== undefined) return aboutBatch(batch, await look.failedRows(id));
  const notification = await look.notification(id);
  if (notification !== undefined) return [aboutNotification(notification)];
  const deliveries = await look.deliveries(id);
  return deliveries.length === 0 ? undefined : deliveries.map(aboutDelivery);
}

function aboutCode(code: ShownCode, notifications: readonly ShownNotification[]): Text[] {
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
    ...notifications.map(aboutNotification),
  ];
}

const nameOf = ({ QrCodeName, ExternalId, CodeId }: ShownCode) =>
  [QrCodeName ?? ExternalId, CodeId].filter((name) => name).join(' ');

function aboutContract(contract: ShownContract): Text {
  const { FlowId, State, StateOn, CodeId, Generation, HoursLeft: left = null } = contract;
  return {
    zh: `合同 ${FlowId} 自 ${at(StateOn)} 起为 ${State}，由签署码 ${CodeId} 第 ${Generation} 代发起${left === null ? '' : `，签署时间还剩 ${left} 小时`}。`,
    en: `Contract ${FlowId} is ${State} since ${at(StateOn)}; generation ${Generation} of code ${CodeId} has started it${left === null ? '' : `, and ${left} hours are left to sign`}.`,
  };
}

function aboutBatch(batch: ShownBatch, rows: readonly ShownRow[]): Text[] {
  const { BatchId, Operation, State, Total, Done, Failed, Unknown } = batch;
  const lines: Text[] = [
    {
      zh: `批次 ${BatchId}（${Operation}）：${State}，共 ${Total} 行，${Done} 完成，${Failed} 失败，${Unknown} 结果未知。`,
      en: `Batch ${BatchId} (${Operation}) is ${State}: of ${Total} rows ${Done} are done, ${Failed} have failed, ${Unknown} are unknown.`,
    },
  ];
  for (const { Row, ExternalId, Error: failure } of rows) {
    const name = [Row, ExternalId].filter((part) => part).join(' ');
    lines.push({ zh: `第 ${name} 行：${failure?.Zh ?? ''}`, en: `Row ${name}: ${failure?.En ?? ''}` });
  }
  return lines;
}

function aboutNotification({ MsgType, ReceivedOn, Outcome, Reason, NextTryOn }: ShownNotification): Text {
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
}: ShownDelivery): Text {
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
