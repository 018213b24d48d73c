/** `CloseOrganization`: an organisation has left the platform. Its members are not published: any of its ids will do. */
import { isNewer } from '../../codes/notice.ts';
import type { Settlement } from '../ports.ts';
import { applied, type Effect, kept } from './effect.ts';

export const organizationClosed: Effect = {
  presumed: { located: applied('NoticeNoted'), otherwise: applied('NoticeNoted') },

  async apply({ tx, content }): Promise<Settlement> {
    const known = content.organizations.length > 0 ? await tx.knownOrganizations(content.organizations) : [];
    const [tenant] = known;
    if (tenant === undefined || known.length > 1) return kept('OrganizationUnknown');
    const { appId, organization } = tenant;
    const notice = {
      kind: 'organization',
      subject: organization,
      scope: appId,
      raised: true,
      reason: { code: 'OrganizationClosed' },
      atS: content.occurrence.atS,
    } as const;
    const before = await tx.holdNotice(notice);
    const about = { appId, organization, codeId: null, generation: null };
    if (!isNewer(notice, before)) return { ...kept('OlderNews'), about };
    await tx.saveNotice(notice, null);
    return { ...applied('NoticeNoted'), about };
  },
};
