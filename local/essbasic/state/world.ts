import { createOutbox, type Outbox } from '../callbacks/outbox.ts';
import type { OutboxMessage } from '../callbacks/outbox-message.ts';
import type { Contract } from './contract.ts';
import { createDueQueue, type DueQueue } from './due-queue.ts';
import type { Application, Organisation, OwnedTemplate, QuotaBlock, SignCode } from './entities.ts';
import type { PlannedAct } from './planned-act.ts';

/** All that the emulated service remembers. */
export interface World {
  readonly applications: Map<string, Application>;
  /** By {@link organisationKey}. */
  readonly organisations: Map<string, Organisation>;
  readonly templates: Map<string, OwnedTemplate>;
  readonly codes: Map<string, SignCode>;
  readonly contracts: Map<string, Contract>;
  /** What people and deadlines will do. */
  readonly plans: DueQueue<PlannedAct>;
  /** Oldest first. */
  readonly quotaBlocks: QuotaBlock[];
  readonly outbox: Outbox;
}

/** Everything in a world, as JSON can say it. */
export interface WorldContent {
  applications: Application[];
  organisations: Organisation[];
  templates: OwnedTemplate[];
  codes: SignCode[];
  contracts: Contract[];
  plans: PlannedAct[];
  quotaBlocks: QuotaBlock[];
  messages: OutboxMessage[];
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
  return {
    applications: new Map(),
    organisations: new Map(),
    templates: new Map(),
    codes: new Map(),
    contracts: new Map(),
    plans: createDueQueue(),
    quotaBlocks: [],
    outbox: createOutbox(),
  };
}

/** Empties the world and fills it again. What is put in is copied: no reference to it is left outside. */
export function fillWorld(world: World, content: WorldContent): void {
  const { applications, organisations, templates, codes, contracts, plans, quotaBlocks, messages } =
    structuredClone(content);
  refill(world.applications, applications, ({ AppId }) => AppId);
  refill(world.organisations, organisations, organisationKey);
  refill(world.templates, templates, ({ template }) => template.TemplateId);
  refill(world.codes, codes, ({ QrCodeId }) => QrCodeId);
  refill(world.contracts, contracts, ({ FlowId }) => FlowId);
  world.plans.clear();
  for (const plan of plans) world.plans.add(plan, plan.dueMs);
  world.quotaBlocks.splice(0, Number.POSITIVE_INFINITY, ...quotaBlocks);
  world.outbox.restore(messages);
}

function refill<T>(map: Map<string, T>, items: readonly T[], keyOf: (item: T) => string): void {
  map.clear();
  for (const item of items) map.set(keyOf(item), item);
}

/** A copy of everything. */
export function contentOf(world: World): WorldContent {
  return structuredClone({
    applications: [...world.applications.values()],
    organisations: [...world.organisations.values()],
    templates: [...world.templates.values()],
    codes: [...world.codes.values()],
    contracts: [...world.contracts.values()],
    plans: world.plans.list(),
    quotaBlocks: world.quotaBlocks,
    messages: world.outbox.list(),
  });
}

/** The time without contracts that an organisation has come into, as somebody was refused for it, and that lasts. */
function openBlock({ quotaBlocks }: World, owner: Parameters<typeof isOwner>[0]): QuotaBlock | undefined {
  return quotaBlocks.find((block) => block.untilMs === undefined && isOwner(block, owner));
}

/** Somebody was refused for lack of quota. @returns the time without contracts that this is in */
export function quotaLacked(world: World, owner: Parameters<typeof isOwner>[0], atMs: number): QuotaBlock {
  const open = openBlock(world, owner);
  if (open !== undefined) return open;
  const { AppId, ProxyOrganizationOpenId } = owner;
  const block = { AppId, ProxyOrganizationOpenId, fromMs: atMs, turnedAway: {} };
  world.quotaBlocks.push(block);
  return block;
}

/** Something was granted that takes quota. */
export function quotaFound(world: World, owner: Parameters<typeof isOwner>[0], atMs: number): void {
  const block = openBlock(world, owner);
  if (block !== undefined) block.untilMs = atMs;
}
