/** What the functions answer, by the types of those who write it. The page reads JSON, so that what it reads is these. */
import type { describeBatch, listBatches, listBatchRows } from '../../shared/codes/batch/describe-batches.ts';
import type { createdAnswer } from '../../shared/codes/life/created-answer.ts';
import type { dryRun } from '../../shared/codes/life/dry-run.ts';
import type { listOrganizations } from '../../shared/codes/organization/describe-organizations.ts';
import type { describeCode } from '../../shared/codes/reading/describe-codes.ts';
import type { SignCodeAnswer } from '../../shared/codes/reading/describe-templates.ts';
import type { describeDeliveries } from '../../shared/delivery/subscriptions/describe-deliveries.ts';
import type { describeSubscriptions } from '../../shared/delivery/subscriptions/describe-subscriptions.ts';
import type { sendTest } from '../../shared/delivery/subscriptions/send-test.ts';
import type { listContracts } from '../../shared/notifications/describe-contracts.ts';
import type { listNotifications } from '../../shared/notifications/describe-notifications.ts';
import type { forgetContract } from '../../shared/notifications/forget-contract.ts';
import type { replayAsked } from '../../shared/notifications/replay-notification.ts';

export interface CallerIdentity {
  KeyId: string;
  Role: 'viewer' | 'operator' | 'admin';
  AppId: string;
  /** Null: all of them. */
  Organizations: readonly string[] | null;
  Agent: { ProxyOrganizationOpenId: string; ProxyOperatorOpenId: string } | null;
}

type Answered<F extends (...given: never[]) => unknown> = Awaited<ReturnType<F>>;

export type Code = Answered<typeof describeCode>;
export type Contract = Answered<typeof listContracts>['Contracts'][number];
export type Delivery = Answered<typeof describeDeliveries>['Events'][number];
export type Notification = Answered<typeof listNotifications>['Notifications'][number];
export type Subscription = Answered<typeof describeSubscriptions>['Subscriptions'][number];
export type Organization = Answered<typeof listOrganizations>['Organizations'][number];
export type Batch = Answered<typeof describeBatch>;
export type BatchRow = Answered<typeof listBatchRows>['Rows'][number];
export type CreatedCode = Answered<typeof createdAnswer>;
export type DryRun = Answered<typeof dryRun>;

export interface AuditEntry {
  AuditId: string;
  At: number;
  Actor: string;
  Action: string;
  Subject: string;
  Reason: string;
}

export interface ApiKey extends Pick<CallerIdentity, 'KeyId' | 'Role' | 'Organizations'> {
  Name: string;
  ProxyOperatorOpenId: string | null;
  State: 'Active' | 'Expired' | 'Revoked';
  CreatedOn: number;
  ExpiresOn: number | null;
  RevokedOn: number | null;
  LastUsedOn: number | null;
}

/** The members of a template that a form needs. */
export interface Template {
  TemplateId?: string;
  TemplateName?: string;
  Available?: number;
  Recipients?: { RecipientId?: string; RecipientType?: string; RoleName?: string }[];
  SignCode?: Pick<SignCodeAnswer, 'Fitness'> & {
    Reasons: { Rule: string; Code: string; Certain: boolean; Message: string }[];
  };
}

/** A page of a list. */
interface Page {
  NextCursor: string | null;
}

/** By the action that gives it. */
export interface Answers {
  GetCallerIdentity: CallerIdentity;
  DescribeMultiFlowSignQRCodes: Page & { Codes: Code[] };
  ModifyMultiFlowSignQRCode: Code;
  ChannelCreateMultiFlowSignQRCode: CreatedCode & Partial<DryRun>;
  ChannelCancelMultiFlowSignQRCode: {
    CodeId: string | null;
    AlreadyInvalid: boolean;
    CancelledQrCodeIds: string[];
  };
  DescribeTemplates: { Templates: Template[]; TotalCount?: number };
  DescribeContracts: Page & { Contracts: Contract[] };
  ForgetContract: Answered<typeof forgetContract>;
  DescribeEvents: Page & { Events: Delivery[] };
  ReplayEvent: { Replayed: number };
  DescribeNotifications: Page & { Notifications: Notification[] };
  ReplayNotification: Answered<typeof replayAsked>;
  DescribeEventSubscriptions: Page & { Subscriptions: Subscription[] };
  CreateEventSubscription: Subscription & { Secret?: string };
  ModifyEventSubscription: Subscription & { Secret?: string };
  DeleteEventSubscription: { SubscriptionId: string };
  SendTestEvent: Answered<typeof sendTest>;
  BatchCreateMultiFlowSignQRCode: Batch;
  BatchModifyMultiFlowSignQRCode: Batch;
  CancelBatch: Batch;
  DescribeBatches: Answered<typeof listBatches>;
  DescribeBatchRows: Answered<typeof listBatchRows>;
  DescribeOrganizations: Page & { Organizations: Organization[] };
  ModifyOrganization: Organization;
  DescribeAuditLog: Page & { Entries: AuditEntry[] };
  /** All of them: it has no pages. */
  DescribeApiKeys: Partial<Page> & { ApiKeys: ApiKey[] };
  CreateApiKey: { KeyId: string; ApiKey: string; ExpiresOn: number | null };
  RotateApiKey: { KeyId: string; ApiKey: string; Replaces: string };
  RevokeApiKey: { KeyId: string };
}
export type ActionName = keyof Answers;
