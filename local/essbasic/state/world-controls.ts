import { Failure } from '../../../shared/errors.ts';
import type { Emulator } from '../emulator.ts';
import { contentOf, isOwner, organisationKey, type World } from './world.ts';

/** Reads and changes what the service remembers. Goes in and comes out as copies. */
export function worldControls(world: World): Pick<Emulator, 'templates' | 'organisations' | 'codes'> {
  return {
    templates: {
      list: (owner) =>
        contentOf(world).templates.filter((owned) => owner === undefined || isOwner(owned, owner)),
      put({ AppId, ProxyOrganizationOpenId, template }) {
        const owned = structuredClone({ AppId, ProxyOrganizationOpenId, template });
        world.templates.set(template.TemplateId, owned);
      },
      remove: (TemplateId) => world.templates.delete(TemplateId),
    },
    organisations: {
      list: () => contentOf(world).organisations,
      put(organisation) {
        world.organisations.set(organisationKey(organisation), structuredClone(organisation));
      },
      setQuota(owner, quota) {
        const organisation = world.organisations.get(organisationKey(owner));
        if (organisation === undefined) {
          throw new Failure('NotFound', { detail: 'There is no such organisation' });
        }
        organisation.quota = quota;
      },
    },
    codes: {
      list: () => contentOf(world).codes,
      get: (QrCodeId) => structuredClone(world.codes.get(QrCodeId)),
    },
  };
}
