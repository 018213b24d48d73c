import type { Application, Organisation, OwnedTemplate, SignCode } from './entities.ts';

/** All that the emulated service remembers. */
export interface World {
  readonly applications: Map<string, Application>;
  /** By {@link organisationKey}. */
  readonly organisations: Map<string, Organisation>;
  readonly templates: Map<string, OwnedTemplate>;
  readonly codes: Map<string, SignCode>;
}

/** Everything in a world, as JSON can say it. */
export interface WorldContent {
  applications: Application[];
  organisations: Organisation[];
  templates: OwnedTemplate[];
  codes: SignCode[];
}

/** The organisation that something belongs to. Its id is unique within an application only. */
export interface Owner {
  AppId: string;
  ProxyOrganizationOpenId: string;
}

export const organisationKey = ({ AppId, ProxyOrganizationOpenId }: Owner) =>
  JSON.stringify([AppId, ProxyOrganizationOpenId]);

export function isOwner(one: Owner, other: Owner): boolean {
  return one.AppId === other.AppId && one.ProxyOrganizationOpenId === other.ProxyOrganizationOpenId;
}

export function createWorld(): World {
  return { applications: new Map(), organisations: new Map(), templates: new Map(), codes: new Map() };
}

/** Empties the world and fills it again. What is put in is copied: nobody else holds a reference to it. */
export function fillWorld(world: World, content: WorldContent): void {
  const { applications, organisations, templates, codes } = structuredClone(content);
  for (const map of [world.applications, world.organisations, world.templates, world.codes]) map.clear();
  for (const application of applications) world.applications.set(application.AppId, application);
  for (const organisation of organisations) {
    world.organisations.set(organisationKey(organisation), organisation);
  }
  for (const owned of templates) world.templates.set(owned.template.TemplateId, owned);
  for (const code of codes) world.codes.set(code.QrCodeId, code);
}

/** A copy of everything. */
export function contentOf(world: World): WorldContent {
  return structuredClone({
    applications: [...world.applications.values()],
    organisations: [...world.organisations.values()],
    templates: [...world.templates.values()],
    codes: [...world.codes.values()],
  });
}
