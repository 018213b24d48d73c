/**
 * `TemplateDelete`, `TemplateAvailable`, `TemplateUpdate`: a template may be of no use any more. Their members are not
 * published for third-party applications; a `TemplateId` is all that is needed. No code fails by them: they are noted,
 * and what a renewal says in the end counts.
 */
import { isNewer, type Notice, type NoticeKey } from '../../codes/notice.ts';
import type { ReasonCode } from '../../codes/reasons.ts';
import { announce } from '../announce.ts';
import type { Announcement, Settlement } from '../ports.ts';
import { applied, type Effect, type EffectContext, kept } from './effect.ts';

interface Meaning {
  kind: 'template' | 'template-change';
  raised: boolean;
  reason: ReasonCode;
}

const changed: Meaning = { kind: 'template-change', raised: true, reason: 'TemplateChanged' };
const deleted: Meaning = { kind: 'template', raised: true, reason: 'TemplateDeleted' };
const disabled: Meaning = { kind: 'template', raised: true, reason: 'TemplateDisabled' };
const usable: Meaning = { kind: 'template', raised: false, reason: 'TemplateUsable' };

/** What a message means. That `Available` is 1 or 2 as in the description of templates is an assumption. */
function meaningOf({ msgType, content }: EffectContext): Meaning {
  if (msgType === 'TemplateDelete') return deleted;
  if (msgType !== 'TemplateAvailable' || content.available === null) return changed;
  return content.available ? usable : disabled;
}

export const template: Effect = {
  presumed: { located: applied('NoticeNoted'), otherwise: applied('NoticeNoted') },

  async apply(context): Promise<Settlement> {
    const { tx, content } = context;
    if (content.templateId === null) {
      return { outcome: 'kept', reason: { code: 'MembersMissing', facts: { names: 'TemplateId' } } };
    }
    const { kind, raised, reason } = meaningOf(context);
    const known = content.organizations.length > 0 ? await tx.knownOrganizations(content.organizations) : [];
    const scope = known.length === 1 ? (known[0]?.organization ?? '') : '';
    const key: NoticeKey = { kind, subject: content.templateId, scope };
    return note(context, { ...key, raised, reason: { code: reason }, atS: content.occurrence.atS });
  },
};

/** Codes that hear the news at once; the others hear them from the timer. */
const toldAtOnce = 50;

async function note({ tx, surroundings }: EffectContext, notice: Notice): Promise<Settlement> {
  const before = await tx.holdNotice(notice);
  if (!isNewer(notice, before)) return kept('OlderNews');
  const type = newsOf(before, notice);
  await tx.saveNotice(notice, type);
  if (type !== null) {
    await announce(tx, { notice, type, toldCreatedAtMs: null, toldCodeId: null }, surroundings, toldAtOnce);
  }
  return applied('NoticeNoted');
}

/** Told when it becomes unusable, and when it is usable again; that it was changed may mean nothing. */
function newsOf(before: Notice, notice: Notice): Announcement['type'] {
  if (notice.kind !== 'template' || notice.raised === before.raised) return null;
  return notice.raised ? 'code.template_unusable' : 'code.template_usable';
}
