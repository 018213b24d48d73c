import * as z from 'zod/mini';
import { ApproverRestriction } from '../../../shared/essbasic/structs/ApproverRestriction.ts';
import { TemplateInfo } from '../../../shared/essbasic/structs/TemplateInfo.ts';
import { once } from '../once.ts';

/** What the emulated service remembers. Schemas, since a snapshot comes back as text. */

const name = z.string().check(z.minLength(1), z.maxLength(64));
const count = z.int().check(z.minimum(0));

/** An application of the platform. Data of one application is invisible to every other. */
export const Application = once(() =>
  z.strictObject({
    AppId: name,
    /** Only a third-party platform's application may call essbasic. */
    kind: z.enum(['third-party', 'self-built']),
  }),
);
export type Application = z.infer<ReturnType<typeof Application>>;

const OrganisationOperator = once(() => z.strictObject({ OpenId: name, verified: z.boolean() }));

/** A sub-client enterprise of one application. */
export const Organisation = once(() =>
  z.strictObject({
    AppId: name,
    ProxyOrganizationOpenId: name,
    operators: z.array(OrganisationOperator()),
    verified: z.boolean(),
    /** Is it being wound up? */
    closing: z.boolean(),
    /** Has the platform been allowed to act for it? */
    authorised: z.boolean(),
    /** Does its plan include templates and sign codes? */
    licensed: z.boolean(),
    /** Contracts that it may still start. */
    quota: count,
  }),
);
export type Organisation = z.infer<ReturnType<typeof Organisation>>;

export const OwnedTemplate = once(() =>
  z.strictObject({
    AppId: name,
    ProxyOrganizationOpenId: name,
    /** With the components of all parties; an answer leaves some out. */
    template: z.extend(TemplateInfo, { TemplateId: z.string().check(z.minLength(1), z.maxLength(64)) }),
  }),
);
export type OwnedTemplate = z.infer<ReturnType<typeof OwnedTemplate>>;

export const SignCode = once(() =>
  z.strictObject({
    QrCodeId: name,
    AppId: name,
    ProxyOrganizationOpenId: name,
    TemplateId: z.string(),
    FlowName: z.string(),
    /** Name on the picture. */
    QrCodeName: z.string(),
    /** Unix seconds, as the others. */
    createdAtS: count,
    expiresAtS: count,
    cancelledAtS: z.optional(count),
    maxFlowNum: count,
    /** Contracts started so far. */
    used: count,
    flowEffectiveDays: count,
    /** Who may scan; empty: all people. */
    restrictions: z.array(ApproverRestriction),
    forbidPersonalMultipleSign: z.boolean(),
    flowNameAppendScannerInfo: z.boolean(),
    /** Where notifications of this code go; left out where the create named no address. */
    callbackUrl: z.optional(z.string()),
    /** Digests of the people who have scanned, kept where a person may scan once only. */
    scannedBy: z.array(z.string()),
  }),
);
export type SignCode = z.infer<ReturnType<typeof SignCode>>;

/** A time during which an organisation had no contracts left and people were turned away for it. */
export const QuotaBlock = once(() =>
  z.strictObject({
    AppId: name,
    ProxyOrganizationOpenId: name,
    /** When the first was turned away. Epoch milliseconds, as the other. */
    fromMs: z.number(),
    /** When the next contract was started; left out until then. */
    untilMs: z.optional(z.number()),
    /** How many were turned away, by `QrCodeId`. */
    turnedAway: z.record(z.string(), count),
  }),
);
export type QuotaBlock = z.infer<ReturnType<typeof QuotaBlock>>;
