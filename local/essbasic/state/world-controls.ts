import { Failure } from '../../../shared/errors.ts';
import type { Announcements, TemplateMessage } from '../callbacks/announcements.ts';
import type { Emulator } from '../emulator.ts';
import type { OwnedTemplate } from './entities.ts';
import type { Memory } from './memory.ts';
import { isOwner, organisationKey } from './world.ts';

interface Parts {
  memory: Pick<Memory, 'world'>;
  announce: Announcements;
  /** Applies everything that is due before the state is read or changed. */
  catchUp: () => void;
  onChange: () => void;
}

/** Reads and changes what the service remembers. Goes in and comes out as copies. */
export function worldControls({
  memory: { world },
  announce,
  catchUp,
  onChange,
}: Parts): Pick<Emulator, 'templates' | 'organisations' | 'codes'> {
  const change = (act: () => void) => {
    catchUp();
    act();
    onChange();
  };
  const copiesOf = <T>(items: Iterable<T>): T[] => {
    catchUp();
    return structuredClone([...items]);
  };
  return {
    templates: {
      list: (owner) =>
        copiesOf(world.templates.values()).filter((owned) => owner === undefined || isOwner(owned, owner)),
      put({ AppId, ProxyOrganizationOpenId, template }) {
        const owned = structuredClone({ AppId, ProxyOrganizationOpenId, template });
        change(() => {
          const before = world.templates.get(template.TemplateId);
          world.templates.set(template.TemplateId, owned);
          announce.template(owned, messageFor(before, owned));
        });
      },
      remove(TemplateId) {
        const owned = world.templates.get(TemplateId);
        if (owned === undefined) return false;
        change(() => {
          world.templates.delete(TemplateId);
          announce.template(owned, 'TemplateDelete');
        });
        return true;
      },
    },
    organisations: {
      list: () => copiesOf(world.organisations.values()),
      put(organisation) {
        change(() => {
          const wasClosing = world.organisations.get(organisationKey(organisation))?.closing ?? false;
          world.organisations.set(organisationKey(organisation), structuredClone(organisation));
          if (organisation.closing && !wasClosing) announce.organisationClosing(organisation);
        });
      },
      setQuota(owner, quota) {
        const organisation = world.organisations.get(organisationKey(owner));
        if (organisation === undefined) {
          throw new Failure('NotFound', {
            detail: { zh: '没有此企业', en: 'There is no such organisation' },
          });
        }
        change(() => {
          organisation.quota = quota;
        });
      },
    },
    codes: {
      list: () => copiesOf(world.codes.values()),
      get(QrCodeId) {
        catchUp();
        return structuredClone(world.codes.get(QrCodeId));
      },
    },
  };
}

/** The message about a template that was put in the place of another, or of none. */
function messageFor(before: OwnedTemplate | undefined, { template }: OwnedTemplate): TemplateMessage {
  if (before === undefined) return 'TemplateAdd';
  const [was = 1, is = 1] = [before.template.Available, template.Available];
  return was === is ? 'TemplateUpdate' : 'TemplateAvailable';
}
