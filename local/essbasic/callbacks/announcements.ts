import { type Json, mergePatch } from '../../cloud-api/merge-patch.ts';
import { type Contract, contractStates } from '../state/contract.ts';
import type { Organisation, OwnedTemplate, SignCode } from '../state/entities.ts';
import { derivedId, upstreamId } from '../state/ids.ts';
import type { Memory } from '../state/memory.ts';
import type { Scanner } from '../state/scan.ts';
import type { FlowNews } from '../state/sign.ts';
import { organisationKey } from '../state/world.ts';
import { type CallbackSettings, isPostable, shapeNamed } from './callback-settings.ts';
import { flowStatusData, organizationIdOf } from './flow-status-data.ts';
import { fillIn, type Values } from './message-shape.ts';
import { troubleOfMessage } from './misbehaviour.ts';
import type { Delivery, Envelope, HandMade } from './outbox-message.ts';

export type TemplateMessage = 'TemplateAdd' | 'TemplateUpdate' | 'TemplateDelete' | 'TemplateAvailable';

/** The messages about what happens. Each function writes them into the outbox; times are of the virtual clock. */
export interface Announcements {
  /** A contract was started and paid for. */
  cost(contract: Contract, atMs: number): void;
  /** A scan came to nothing, since the organisation has no contracts left. */
  failure(code: SignCode, person: Scanner | undefined, atMs: number): void;
  contract(contract: Contract, news: readonly FlowNews[], atMs: number): void;
  template(owned: OwnedTemplate, type: TemplateMessage): void;
  organisationClosing(organisation: Organisation): void;
  /** @returns the id of the message; undefined where there is no address to send it to. */
  handMade(message: HandMade): string | undefined;
}

type Parts = Pick<Memory, 'world' | 'clock' | 'random'> & { settings: () => CallbackSettings };

/** Writes no message that has no address to go to. */
export function createAnnouncements({ world, clock, random, settings }: Parts): Announcements {
  function write(
    {
      MsgId = upstreamId(random.messages),
      ...rest
    }: Omit<Envelope, 'MsgId'> & { MsgId?: string | undefined },
    code: SignCode | undefined,
    atMs: number,
  ): string | undefined {
    const { misbehaviour } = settings();
    const urls = targetsOf(code, settings());
    if (urls.length === 0) return undefined;
    const trouble = troubleOfMessage(misbehaviour, MsgId);
    const dueMs = atMs + trouble.heldBackMs;
    const delivery = (url: string, afterMs: number): Delivery => ({
      url,
      state: 'waiting',
      dueMs: dueMs + afterMs,
      attempts: [],
    });
    const { againAfterMs } = trouble;
    const again = againAfterMs === undefined ? [] : urls.map((url) => delivery(url, againAfterMs));
    world.outbox.add({
      envelope: { MsgId, ...rest },
      ...(code && { QrCodeId: code.QrCodeId }),
      createdAtMs: atMs,
      deliveries: [
        ...urls.map((url) => delivery(url, 0)),
        ...again.map((one) => ({ ...one, again: true as const })),
      ],
    });
    if (trouble.accompanied) {
      const stranger = {
        MsgType: 'EmulatedUnknownType',
        MsgVersion: rest.MsgVersion,
        MsgData: { Of: MsgId },
      };
      accompany(stranger, code?.QrCodeId, urls, dueMs);
    }
    return MsgId;
  }

  function accompany(
    stranger: Omit<Envelope, 'MsgId'>,
    QrCodeId: string | undefined,
    urls: readonly string[],
    dueMs: number,
  ): void {
    world.outbox.add({
      envelope: { MsgId: upstreamId(random.messages), ...stranger },
      ...(QrCodeId !== undefined && { QrCodeId }),
      createdAtMs: dueMs,
      deliveries: urls.map((url) => ({ url, state: 'waiting', dueMs, attempts: [] })),
    });
  }

  /** In the envelope that the shape asks for. */
  function say(MsgType: string, data: Json, code: SignCode | undefined, atMs: number): void {
    const { MsgVersion, dataAsText = false } = shapeNamed(settings().shape);
    write({ MsgType, MsgVersion, MsgData: dataAsText ? JSON.stringify(data) : data }, code, atMs);
  }

  const quotaOf = (code: SignCode) => world.organisations.get(organisationKey(code))?.quota ?? 0;

  function commonValues(code: SignCode, person: Scanner | undefined, atMs: number) {
    return {
      QrCodeId: code.QrCodeId,
      AppId: code.AppId,
      ProxyOrganizationOpenId: code.ProxyOrganizationOpenId,
      OrganizationId: organizationIdOf(code),
      TemplateId: code.TemplateId,
      FlowName: code.FlowName,
      Used: code.used,
      MaxFlowNum: code.maxFlowNum,
      Quota: quotaOf(code),
      UserName: person?.Name ?? '',
      UserMobile: person?.Mobile ?? '',
      OccurTimeS: Math.floor(atMs / 1000),
      OccurTimeMs: Math.floor(atMs),
    };
  }

  return {
    cost(contract, atMs) {
      const code = world.codes.get(contract.QrCodeId);
      if (code === undefined) return;
      const values: Values<'MultiFlowSignQrCodeCost'> = {
        ...commonValues(code, contract.person, atMs),
        FlowId: contract.FlowId,
        FlowName: contract.FlowName,
        UseCount: 1,
        CreateOnS: contract.createdAtS,
        CreateOnMs: contract.createdAtS * 1000,
        DeadLineS: contract.deadlineS,
      };
      const type = 'MultiFlowSignQrCodeCost';
      say(type, fillIn(shapeNamed(settings().shape)[type], values), code, atMs);
    },
    failure(code, person, atMs) {
      const values: Values<'CreateFlowByQrCode'> = {
        ...commonValues(code, person, atMs),
        Reason: '企业合同额度不足',
      };
      const type = 'CreateFlowByQrCode';
      say(type, fillIn(shapeNamed(settings().shape)[type], values), code, atMs);
    },
    contract(contract, news, atMs) {
      const code = world.codes.get(contract.QrCodeId);
      const values: Values<'FlowStatusChange'> = {
        FlowCallbackShowStatus: contract.state,
        FlowCallbackStatus: contractStates[contract.state],
        QrCodeId: contract.QrCodeId,
        ProxyOrganizationOpenId: contract.ProxyOrganizationOpenId,
      };
      const patch = fillIn(shapeNamed(settings().shape).FlowStatusChange ?? {}, values);
      for (const one of news) {
        const data = flowStatusData(contract, code, one, Math.floor(atMs / 1000));
        say('FlowStatusChange', mergePatch(data, patch), code, atMs);
      }
    },
    template(owned, type) {
      const { TemplateId, TemplateName = '', Available = 1 } = owned.template;
      const nowMs = clock.nowMs();
      const data = {
        OrganizationId: organizationIdOf(owned),
        ProxyOrganizationOpenId: owned.ProxyOrganizationOpenId,
        OperatorUserId: derivedId('operator', organisationKey(owned)),
        TemplateId,
        TemplateName,
        ...(type === 'TemplateAvailable' && { Available }),
        CreateTime: Math.floor(nowMs / 1000),
      };
      say(type, data, undefined, nowMs);
    },
    organisationClosing(organisation) {
      const nowMs = clock.nowMs();
      const { ProxyOrganizationOpenId } = organisation;
      const OrganizationId = organizationIdOf(organisation);
      const data = { OrganizationId, ProxyOrganizationOpenId, OccurTime: Math.floor(nowMs / 1000) };
      say('CloseOrganization', data, undefined, nowMs);
    },
    handMade({ MsgId, MsgType, MsgVersion, MsgData = {}, QrCodeId }) {
      const version = MsgVersion ?? shapeNamed(settings().shape).MsgVersion;
      const code = QrCodeId === undefined ? undefined : world.codes.get(QrCodeId);
      return write({ MsgId, MsgType, MsgVersion: version, MsgData }, code, clock.nowMs());
    },
  };
}

function targetsOf(code: SignCode | undefined, { urls, targets }: CallbackSettings): string[] {
  const own = code?.callbackUrl;
  if (own === undefined || !isPostable(own) || targets === 'application') return [...urls];
  return targets === 'code-first' ? [own] : [...new Set([own, ...urls])];
}
