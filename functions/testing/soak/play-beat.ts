import { setTimeout as rest } from 'node:timers/promises';
import { exampleAgent } from '../../../local/essbasic/seeds/organisations.ts';
import type { BeatPlan, Timer } from './beat-plan.ts';
import type { People } from './people.ts';
import type { SoakWorld } from './soak-world.ts';
import type { Tormentor } from './tormentor.ts';

export interface Soak {
  world: SoakWorld;
  people: People;
  tormentor: Tormentor;
  /** Runs of each timer, and how many of them failed. */
  runs: Record<string, number>;
}

const { AppId, ProxyOrganizationOpenId } = exampleAgent;
const plentyOfContracts = 100_000;
/** In which those who are amid an act take their next step. Milliseconds. */
const betweenStepsMs = 30;

/**
 * Everything at once, until nothing is at work but who is frozen; then time passes.
 *
 * @returns how often upstream went wrong
 */
export async function playBeat(soak: Soak, plan: BeatPlan): Promise<number> {
  const { world, people, tormentor } = soak;
  const { emulator } = world.platform;
  emulator.faults.clear();
  if (plan.fault !== undefined) emulator.faults.add(plan.fault.rule);
  setQuota(world, plan.hasQuota);
  world.moody.setMood(plan.mood);
  const posted = emulator.callbacks.deliverDue();
  // Who waits for a frozen instance is still at it when time passes.
  for (const timer of plan.runs) void runTimer(soak, timer);
  for (const deed of plan.deeds) void people.act(deed);
  void people.askAgain();
  const tormented = plan.torments.map((one) => tormentor.torment(one));
  // Those from the last beat wake amid the work of this one.
  tormentor.thaw();
  await Promise.all(tormented);
  await posted;
  await quiet(soak);
  await world.pass(plan.passMs);
  // One that strikes a number of times is gone then.
  return emulator.faults.list()[0]?.struck ?? plan.fault?.rule.count ?? 0;
}

export function setQuota({ platform }: SoakWorld, hasQuota: boolean): void {
  const quota = hasQuota ? plentyOfContracts : 0;
  platform.emulator.organisations.setQuota({ AppId, ProxyOrganizationOpenId }, quota);
}

/** What goes wrong with it is in the log of the function; its next run is the retry. */
export async function runTimer({ world, runs }: Pick<Soak, 'world' | 'runs'>, name: Timer): Promise<void> {
  const event = {
    Type: 'Timer',
    TriggerName: 'soak',
    Time: new Date(world.nowMs()).toISOString(),
    Message: '',
  };
  const { error } = await world.platform.host.invoke(name, event, 'asynchronous');
  const fate = error === undefined ? 'done' : `${error.statusCode}`;
  runs[`${name}: ${fate}`] = (runs[`${name}: ${fate}`] ?? 0) + 1;
}

/** Resolves when no instance has anything in hand but those that are frozen, and nobody is about to ask for more. */
export async function quiet({ world, tormentor }: Pick<Soak, 'world' | 'tormentor'>): Promise<void> {
  const isQuiet = () => world.instances().every(({ pid, isBusy }) => !isBusy || tormentor.frozen.has(pid));
  for (let still = 0; still < 2; still = isQuiet() ? still + 1 : 0) await rest(betweenStepsMs);
}
