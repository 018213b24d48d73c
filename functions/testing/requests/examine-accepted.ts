/** What is wanted of each call that was accepted: what it said is kept, and has gone upstream, letter for letter. */
import { expect } from 'vitest';
import type { Emulator } from '../../../local/essbasic/create-emulator.ts';
import type { Made } from './known-members.ts';

type Members = Record<string, unknown>;

interface World {
  emulator: () => Emulator;
  made: Made;
  /** The answer of a call that must be accepted. */
  call(name: string, body: object): Promise<Members>;
}

interface CreateBody extends Members {
  Agent: { ProxyOrganizationOpenId: string; ProxyOperator: { OpenId: string } };
  FlowName: string;
  QrCodeName?: string;
  CallbackUrl?: string;
  Restrictions?: object[];
  ApproverRestrictions?: object;
}

interface Created {
  CodeId: string;
  Slug: string;
  QrCode: { QrCodeId: string };
}

/** Each examination takes the body that was sent and the answer to it, both in the form of its action. */
type Examination = (sent: never, answer: never) => Promise<void>;

export function acceptedCalls({ emulator, made, call }: World): Readonly<Record<string, Examination>> {
  async function describedCode(CodeId: string): Promise<Members> {
    const { Codes } = await call('DescribeMultiFlowSignQRCodes', { CodeId });
    return (Codes as [Members])[0]; // of one code there is a list of one
  }

  async function created(sent: CreateBody, answer: Created): Promise<void> {
    if (sent['DryRun'] === true) return;
    const { CodeId, Slug } = answer;
    const { QrCodeId } = answer.QrCode;
    const { FlowName, QrCodeName, TemplateId, CallbackUrl, Agent } = sent;
    const { ExternalId = null, Labels = [], Note = null } = sent;
    const { ProxyOrganizationOpenId, ProxyOperator } = Agent;
    const code = await describedCode(CodeId);
    expect(code).toMatchObject({
      ...{ FlowName, TemplateId, ExternalId, Labels, Note, ProxyOrganizationOpenId },
      ProxyOperatorOpenId: ProxyOperator.OpenId,
      QrCodeName: QrCodeName || null,
      CallbackUrl: CallbackUrl || null,
      RenewalPolicy: given(sent['RenewalPolicy']),
    });
    expect(emulator().codes.get(QrCodeId)).toMatchObject({
      ...{ FlowName, TemplateId, ProxyOrganizationOpenId },
      QrCodeName: QrCodeName || FlowName,
      ...(CallbackUrl && { callbackUrl: CallbackUrl }),
      restrictions: restrictionsOf(sent),
    });
    made.codes.push({ CodeId, QrCodeId, Slug, Version: Number(code['Version']) });
  }

  async function modified(sent: Members, { CodeId, Version }: { CodeId: string; Version: number }) {
    const { ExternalId, Labels, Note } = sent;
    const RenewalPolicy = given(sent['RenewalPolicy']);
    expect(await describedCode(CodeId)).toMatchObject({
      ...named({ ExternalId, Labels, Note }),
      RenewalPolicy,
      Version,
    });
    noteVersion(CodeId, Version);
  }

  async function cancelled(_: Members, { CodeId }: { CodeId: string }): Promise<void> {
    const code = await describedCode(CodeId);
    expect(code).toMatchObject({ State: 'Cancelled', Usable: false });
    noteVersion(CodeId, Number(code['Version']));
  }

  function noteVersion(CodeId: string, Version: number): void {
    const changed = made.codes.find((one) => one.CodeId === CodeId);
    if (changed) changed.Version = Version;
  }

  async function subscribed(sent: Members, answer: { SubscriptionId: string; Version: number }) {
    const { SubscriptionId, Version } = answer;
    const { Subscriptions } = await call('DescribeEventSubscriptions', { SubscriptionId });
    const { Note, ProxyOrganizationOpenId, EventTypes } = sent;
    const wanted = named({ Note, ProxyOrganizationOpenId, ...(EventTypes !== null && { EventTypes }) });
    expect(Subscriptions).toMatchObject([{ ...wanted, Version }]);
    const known = made.subscriptions.find((one) => one.SubscriptionId === SubscriptionId);
    if (known) known.Version = Version;
    else made.subscriptions.push({ SubscriptionId, Version });
  }

  async function unsubscribed({ SubscriptionId }: { SubscriptionId: string }): Promise<void> {
    expect(await call('DescribeEventSubscriptions', { SubscriptionId })).toMatchObject({ Subscriptions: [] });
    const gone = made.subscriptions.findIndex((one) => one.SubscriptionId === SubscriptionId);
    if (gone >= 0) made.subscriptions.splice(gone, 1);
  }

  async function changedTogether(_: Members, { BatchId }: { BatchId: string }): Promise<void> {
    const { Batches } = await call('DescribeBatches', { BatchId });
    expect(Batches).toMatchObject([{ BatchId }]);
    made.batches.push(BatchId);
    const { Rows } = await call('DescribeBatchRows', { BatchId });
    for (const { CodeId } of Rows as { CodeId: string }[]) {
      noteVersion(CodeId, Number((await describedCode(CodeId))['Version']));
    }
  }

  async function keyMade(_: Members, { KeyId, ApiKey }: { KeyId: string; ApiKey: string }): Promise<void> {
    expect(ApiKey).toContain(KeyId);
    const { ApiKeys } = await call('DescribeApiKeys', {});
    expect(ApiKeys).toContainEqual(expect.objectContaining({ KeyId, State: 'Active' }));
    expect(JSON.stringify(ApiKeys)).not.toContain(ApiKey);
    made.keys.push(KeyId);
  }

  async function settingsChanged(sent: Members, { Version }: { Version: number }): Promise<void> {
    const { ProxyOrganizationOpenId, DisplayName, ContactZh, ContactEn, ContractsBought } = sent;
    const { Organizations } = await call('DescribeOrganizations', { ProxyOrganizationOpenId });
    const wanted = named({ DisplayName, ContractsBought, Contact: named({ Zh: ContactZh, En: ContactEn }) });
    expect(Organizations).toMatchObject([{ ...wanted, ProxyOrganizationOpenId, Version }]);
    made.organizations.set(String(ProxyOrganizationOpenId), Version);
  }

  return {
    ChannelCreateMultiFlowSignQRCode: created,
    ChannelCancelMultiFlowSignQRCode: cancelled,
    ModifyMultiFlowSignQRCode: modified,
    BatchModifyMultiFlowSignQRCode: changedTogether,
    CreateApiKey: keyMade,
    RotateApiKey: keyMade,
    ModifyOrganization: settingsChanged,
    CreateEventSubscription: subscribed,
    ModifyEventSubscription: subscribed,
    DeleteEventSubscription: unsubscribed,
  };
}

/** Of people whom a restriction names: one without any member says nothing. */
const restrictionsOf = ({ Restrictions = [], ApproverRestrictions = {} }: CreateBody) =>
  [...Restrictions, ApproverRestrictions].filter((person) =>
    Object.values(person).some((value) => value !== ''),
  );

const named = (members: Members): Members =>
  Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined));

/** Null takes a member back to its default. */
const given = (members: unknown): object =>
  Object.fromEntries(Object.entries(members ?? {}).filter(([, value]) => value !== null));
