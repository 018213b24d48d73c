import { type Generation, isAlive } from '../code.ts';
import type { World } from './world.ts';

type Journal = Awaited<ReturnType<World['journal']>>;

/**
 * What is wrong with the register, compared with what really lives upstream. Codes are distinguished by their flow name.
 *
 * - Generations are numbered without a gap or a double, and the newest is the current one.
 * - A living QR code is a living generation of its code, or the journal knows it as a possible orphan or has its
 *   cancel still open.
 * - What the register calls alive is alive, unless its cancel is still open.
 */
export async function breaches(
  world: Pick<World, 'clock' | 'records' | 'journal'>,
  aliveQrCodeIds: readonly string[],
): Promise<string[]> {
  const found: string[] = [];
  const journal = await world.journal();
  const alive = new Set(aliveQrCodeIds);
  const shouldLive = (generation: Generation) =>
    isAlive(generation) && generation.expiresAtS * 1000 > world.clock.ms;
  const owned = new Set<string>();
  const beingCancelled = openCancels(journal);
  for (const { code, generations } of await world.records()) {
    const numbers = generations.map(({ number }) => number).reverse();
    if (numbers.some((number, index) => number !== index + 1))
      found.push(`${code.flowName}: generations ${numbers}`);
    if (code.generationsMade !== numbers.length) found.push(`${code.flowName}: made ${code.generationsMade}`);
    if (generations.filter(({ state }) => state === 'live').length > 1)
      found.push(`${code.flowName}: two are current`);
    for (const generation of generations) {
      const { qrCodeId, state } = generation;
      owned.add(qrCodeId);
      if (!shouldLive(generation) || alive.has(qrCodeId) || beingCancelled.has(qrCodeId)) continue;
      found.push(`${code.flowName}: ${qrCodeId} is ${state}, but dead upstream`);
    }
  }
  const strays = aliveQrCodeIds.filter((qrCodeId) => !owned.has(qrCodeId));
  return [...found, ...unknownStrays(journal, strays)];
}

/** Living QR codes that nothing in the journal accounts for. */
function unknownStrays(journal: Journal, strays: readonly string[]): string[] {
  const beingCancelled = openCancels(journal);
  const nameless = strays.filter((qrCodeId) => !beingCancelled.has(qrCodeId));
  const possible = journal.filter(
    ({ kind, state, possibleOrphan }) => kind === 'create' && (possibleOrphan || state === 'sent'),
  );
  // An attempt whose answer never came has no id: each accounts for one QR code at most.
  return nameless.length <= possible.length
    ? []
    : [
        `${nameless.length} QR codes live without an owner, and ${possible.length} attempts may have made one`,
      ];
}

/** What must not be left when everything has come to rest. */
export async function unfinished(world: Pick<World, 'db' | 'journal'>): Promise<string[]> {
  const journal = await world.journal();
  const open = journal.filter(({ state, open }) => state === 'planned' || state === 'sent' || open);
  const { rows } = await world.db.query<{ codeId: string }>(
    'select code_id as "codeId" from codes where lease_until > clock_timestamp()',
  );
  return [
    ...open.map(({ kind, state, codeId }) => `${kind} of ${codeId} is ${state}`),
    ...rows.map(({ codeId }) => `${codeId} is leased`),
  ];
}

function openCancels(journal: Journal): Set<string | null> {
  return new Set(journal.filter(({ open }) => open).map(({ qrCodeId }) => qrCodeId));
}
