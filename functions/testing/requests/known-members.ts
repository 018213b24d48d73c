/** What a right request of each action names that must be there, or fit together. */
import fc from 'fast-check';
import { alarmTypes } from '../../../shared/delivery/event-types.ts';
import { oddText } from './odd-texts.ts';
import type { Known } from './right-requests.ts';

type Body = Record<string, unknown>;

/** An organisation of upstream's, one of its operators, and a template of its own that fits. */
export interface Owner {
  AppId: string;
  ProxyOrganizationOpenId: string;
  OpenId: string;
  TemplateId: string;
  RecipientId: string;
}

/** What is there so far, in the order in which it was made. */
export interface Made {
  owners: readonly Owner[];
  /** With the version that each has by now. */
  codes: { CodeId: string; QrCodeId: string; Slug: string; Version: number }[];
  subscriptions: { SubscriptionId: string; Version: number }[];
  batches: string[];
  /** Ids of API keys. */
  keys: string[];
  /** The version of the settings of each. */
  organizations: Map<string, number>;
}

const inDays = (most: number) =>
  fc.integer({ min: 1, max: most * 24 - 1 }).map((hours) => Math.floor(Date.now() / 1000) + hours * 3600);

/** What may stand on a poster. */
const line = (most: number) =>
  oddText(1, most).filter((text) => text.trim() !== '' && !/[\p{Cc}\u2028\u2029]/u.test(text));
const orNull = <T>(values: fc.Arbitrary<T>) => fc.oneof(values, fc.constant(null));

/** A page of a list has a cursor that the list gave: any other is refused. */
const none = fc.constant(undefined);

/** The contract that is there. */
export const knownFlowId = 'flow of a person';

export const known: Known = {
  Cursor: none,
  QrCodeExpiredOn: fc.oneof(fc.constant(0), inDays(365)),
  EndsOn: fc.oneof(fc.constant(null), inDays(3650)),
  MaxFlowNum: fc.integer({ min: 1, max: 1_000_000_000 }),
  TotalFlowBudget: fc.constantFrom(null, 1_000_000_000),
  CallbackUrl: oddText(0, 300).map((text) => (text === '' ? '' : `https://hooks.example.com/${text}`)),
  ExternalId: fc.oneof(oddText(1, 128), fc.constant(null)),
  Note: fc.oneof(oddText(0, 1000), fc.constant(null)),
  Label: oddText(1, 64),
  Labels: fc.uniqueArray(
    oddText(1, 64).filter((label) => label.trim() !== ''),
    { maxLength: 5 },
  ),
  // Nobody listens there.
  Url: oddText(0, 200).map((text) => `http://127.0.0.1:1/${text}`),
  Secret: oddText(1, 100).filter((secret) => secret === secret.trim() && secret !== ''),
  EventTypes: fc.constantFrom(undefined, alarmTypes.slice(0, 1), alarmTypes),
  Text: oddText(2, 60),
  Name: oddText(1, 100).filter((text) => /^[^\p{Cc}]{1,100}$/u.test(text)),
  DisplayName: orNull(line(100)),
  ContactZh: orNull(line(200)),
  ContactEn: orNull(line(200)),
  ContractsBoughtOn: fc.integer({ min: 1, max: 1_700_000_000 }),
};

const without = (body: Body, ...names: string[]): Body =>
  Object.fromEntries(Object.entries(body).filter(([name]) => !names.includes(name)));

/** One of what was made, the newest more often. */
function oneOf<T>(list: readonly T[], lot: number): T {
  const from = lot % 3 === 0 ? 0 : Math.max(0, list.length - 10);
  const one = list[from + (Math.floor(lot / 3) % (list.length - from))];
  if (one === undefined) throw new Error('Nothing was made');
  return one;
}

function codeId(made: Made, lot: number): Body {
  const { CodeId, QrCodeId, Slug } = oneOf(made.codes, lot);
  return [{ CodeId }, { QrCodeId }, { Slug }][lot % 3] ?? {};
}

const subscriptionId = ({ subscriptions }: Made, lot: number) => {
  const { SubscriptionId } = oneOf(subscriptions, lot);
  return { SubscriptionId };
};

function agentOf(body: Body, { AppId, ProxyOrganizationOpenId, OpenId }: Owner): Body {
  const Agent = body['Agent'] as { ProxyOperator?: object } | undefined; // as the schema has it
  const ProxyOperator = { ...Agent?.ProxyOperator, OpenId };
  return { ...Agent, AppId, ProxyOrganizationOpenId, ProxyOperator };
}

/** The request of an action, made to fit what there is. `lot` is any number. */
export const fitting: Readonly<Record<string, (body: Body, made: Made, lot: number) => Body>> = {
  ChannelCreateMultiFlowSignQRCode(body, { owners }, lot) {
    const owner = oneOf(owners, lot);
    const { TemplateId, RecipientId } = owner;
    const ways = body['ApproverComponentLimitTypes'] as object[] | undefined; // as the schema has it
    return {
      ...without(body, 'DryRun'),
      ...(lot % 20 === 0 && { DryRun: true }),
      ...(ways && { ApproverComponentLimitTypes: ways.map((way) => ({ ...way, RecipientId })) }),
      Agent: agentOf(body, owner),
      TemplateId,
    };
  },
  ChannelCancelMultiFlowSignQRCode: (body, made, lot) => ({
    ...(body['Agent'] !== undefined && { Agent: agentOf(body, oneOf(made.owners, lot)) }),
    ...codeId(made, lot),
  }),
  ModifyMultiFlowSignQRCode(body, { codes }, lot) {
    const { CodeId, QrCodeId, Slug, Version } = oneOf(codes, lot);
    const ids = [{ CodeId }, { QrCodeId }, { Slug }][lot % 3];
    return {
      ...without(body, 'CodeId', 'QrCodeId', 'Slug', lot % 4 === 0 ? '' : 'Operation'),
      ...ids,
      Version,
    };
  },
  DescribeMultiFlowSignQRCodes(body, made, lot) {
    if (lot % 2 === 0) return codeId(made, lot);
    const { ExternalId, ...filters } = without(body, 'CodeId', 'QrCodeId', 'Slug');
    return { ...filters, ...(ExternalId !== null && { ExternalId }) };
  },
  DescribeTemplates: (body, { owners }, lot) => ({ ...body, Agent: agentOf(body, oneOf(owners, lot)) }),
  BatchCreateMultiFlowSignQRCode(body, { owners }, lot) {
    const owner = oneOf(owners, lot);
    const { TemplateId, RecipientId } = owner;
    const rows = body['Rows'] as Body[]; // as the schema has it
    return {
      DryRun: true,
      Agent: agentOf(body, owner),
      Rows: rows.map((row, index) => {
        const ways = row['ApproverComponentLimitTypes'] as object[] | undefined; // as the schema has it
        return {
          ...row,
          ...(ways && { ApproverComponentLimitTypes: ways.map((way) => ({ ...way, RecipientId })) }),
          ExternalId: `${lot}-${index}`,
          TemplateId,
        };
      }),
    };
  },
  BatchModifyMultiFlowSignQRCode: (_, { codes }, lot) => ({
    Operation: 'Pause',
    CodeIds: [oneOf(codes, lot).CodeId],
  }),
  DescribeBatches: (body) => without(body, 'BatchId'),
  DescribeBatchRows: (body, { batches }, lot) => ({ ...body, BatchId: oneOf(batches, lot) }),
  CancelBatch: (_, { batches }, lot) => ({ BatchId: oneOf(batches, lot) }),
  DescribeOrganizations: (body) => body,
  ModifyOrganization: (body, { organizations }, lot) => {
    const name = `企业 ${lot % 97}`;
    const bought = body['ContractsBought'];
    return {
      ...without(body, typeof bought === 'number' ? '' : 'ContractsBoughtOn'),
      ProxyOrganizationOpenId: name,
      Version: organizations.get(name) ?? 0,
    };
  },
  DescribeAuditLog: (body) => body,
  GetCallerIdentity: (body) => body,
  DescribeContracts: (body, _, lot) =>
    without(body, lot % 2 === 0 ? 'State' : 'Unfinished', body['CodeId'] === undefined ? 'Generation' : ''),
  DescribeApiKeys: (body) => body,
  CreateApiKey(body) {
    const { Organizations } = body as { Organizations?: string[] }; // as the schema has it
    return without(body, Organizations?.length === 1 ? '' : 'ProxyOperatorOpenId');
  },
  // The newest: one that was replaced cannot be replaced again.
  RotateApiKey: (_, { keys }) => ({ KeyId: keys.at(-1), GraceHours: 1 }),
  CallUpstream: (body, { owners }, lot) => {
    const sent = body['Request'] as Body; // as the schema has it
    return {
      Action: 'DescribeTemplates',
      Request: lot % 2 === 0 ? sent : { ...sent, Agent: agentOf(sent, oneOf(owners, lot)) },
      ...(lot % 3 === 0 && { DryRun: true }),
    };
  },
  RevokeApiKey: (_, { keys }, lot) => ({ KeyId: keys[lot % Math.max(1, keys.length - 1)] }),
  // One that is forgotten can be forgotten again.
  ForgetContract: () => ({ FlowId: knownFlowId }),
  DescribeNotifications: (body, _, lot) =>
    lot % 2 === 0
      ? without(body, 'NotificationId', 'MsgId', 'Rejections')
      : { Rejections: true, ...(body['Limit'] !== undefined && { Limit: body['Limit'] }) },
  ReplayNotification: (body, made, lot) => ({
    ...without(body, 'NotificationId'),
    ...codeId(made, lot - (lot % 3)),
  }),
  DescribeEvents: (body) => body,
  ReplayEvent: (body, made, lot) => ({
    ...without(body, 'DeliveryId', 'EventId', 'SubscriptionId'),
    ...codeId(made, lot - (lot % 3)),
  }),
  DescribeEventSubscriptions: (body) => body,
  CreateEventSubscription(body, _, lot) {
    const rest = without(
      body,
      lot % 8 === 0 ? 'ProxyOrganizationOpenId' : 'AllOrganizations',
      'Secret',
      'Languages',
    );
    const owner =
      lot % 8 === 0 ? { AllOrganizations: true } : { ProxyOrganizationOpenId: `企业 ${lot % 97}` };
    const { ProxyOrganizationOpenId = owner.ProxyOrganizationOpenId } = rest;
    const takesSecret = body['Kind'] === 'feishu' || body['Kind'] === 'dingtalk';
    return {
      ...rest,
      ...owner,
      ...(lot % 8 !== 0 && { ProxyOrganizationOpenId }),
      ...(takesSecret && body['Secret'] !== undefined && { Secret: body['Secret'] }),
      ...(body['Kind'] !== 'standard-webhooks' &&
        body['Languages'] !== undefined && { Languages: body['Languages'] }),
      Note: typeof body['Note'] === 'string' ? body['Note'] : '',
    };
  },
  ModifyEventSubscription(body, { subscriptions }, lot) {
    const { SubscriptionId, Version } = oneOf(subscriptions, lot);
    return { ...without(body, 'Secret', 'Languages', 'RotateSecret'), SubscriptionId, Version };
  },
  SendTestEvent: (_, made, lot) => subscriptionId(made, lot),
  DeleteEventSubscription: (_, made, lot) => subscriptionId(made, lot),
};
