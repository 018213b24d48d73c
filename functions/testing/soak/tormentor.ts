/** Freezes, thaws and kills instances, and cuts their sessions: those that have work in hand before others. */
import { setTimeout as rest } from 'node:timers/promises';
import type { SeededRandom } from '../../../local/cloud-api/seeded-random.ts';
import type { BeatPlan, Torment } from './beat-plan.ts';
import { ownName } from './moving-server.ts';
import type { SoakWorld } from './soak-world.ts';

/** The oldest instance of each lives as long as the soak does: memory that grows shows in nobody else. */
export const longLived = [
  'renew-expired-codes',
  'deliver-events',
  'work-off-batches',
  'prune-records',
  'callback-handler',
  'stable-link',
  'ChannelCreateMultiFlowSignQRCode',
  'DescribeMultiFlowSignQRCodes',
];

export interface Tormentor {
  counts: Record<Torment | 'frozen amid an event' | 'killed amid an event', number>;
  /** Processes that stand still. */
  frozen: Set<number>;
  torment(planned: BeatPlan['torments'][number]): Promise<void>;
  /** Thaws whoever is frozen still. */
  thaw(): void;
}

type Instance = ReturnType<SoakWorld['instances']>[number];

/** Those whom others wait for with a clock of their own: they are thawed before it moves. */
const waitedFor = ['callback-handler', 'stable-link'];

export function createTormentor(world: SoakWorld, random: SeededRandom): Tormentor {
  const frozen = new Set<number>();
  const counts: Tormentor['counts'] = {
    freeze: 0,
    'freeze beyond its lease': 0,
    kill: 0,
    'cut its session': 0,
    'frozen amid an event': 0,
    'killed amid an event': 0,
  };

  function victim(isFit: (one: Instance) => boolean): Instance | undefined {
    const fit = world.instances().filter((one) => !frozen.has(one.pid) && isFit(one));
    const busy = fit.filter(({ isBusy }) => isBusy);
    const among = busy.length > 0 && random.fraction() < 0.8 ? busy : fit;
    return among[random.integer(among.length)];
  }

  function signal(pid: number, name: 'SIGSTOP' | 'SIGCONT' | 'SIGKILL'): boolean {
    try {
      return process.kill(pid, name);
    } catch {
      // It has come to its end by itself.
      return false;
    }
  }

  function freeze(isFit: (one: Instance) => boolean): number | undefined {
    const one = victim(isFit);
    if (one === undefined || !signal(one.pid, 'SIGSTOP')) return undefined;
    frozen.add(one.pid);
    if (one.isBusy) counts['frozen amid an event'] += 1;
    return one.pid;
  }

  function thawOne(pid: number): void {
    if (frozen.delete(pid)) signal(pid, 'SIGCONT');
  }

  function kill(): boolean {
    const spared = new Set(longLived.map((name) => world.platform.host.pids(name)[0]));
    const one = victim(({ pid }) => !spared.has(pid));
    if (one === undefined || !signal(one.pid, 'SIGKILL')) return false;
    if (one.isBusy) counts['killed amid an event'] += 1;
    return true;
  }

  async function cutSession(): Promise<boolean> {
    const { rows } = await world.ask((db) =>
      db.query<{ pid: number }>(
        `select pid from pg_stat_activity where backend_type = 'client backend'
           and application_name <> '${ownName}' order by backend_start`,
      ),
    );
    const one = rows[random.integer(rows.length)];
    if (one === undefined) return false;
    await world.ask((db) => db.query('select pg_terminate_backend($1)', [one.pid]));
    return true;
  }

  return {
    counts,
    frozen,
    async torment({ torment, afterMs, forMs }) {
      await rest(afterMs);
      if (torment === 'kill') {
        if (kill()) counts.kill += 1;
        return;
      }
      if (torment === 'cut its session') {
        if (await cutSession()) counts['cut its session'] += 1;
        return;
      }
      const isBeyond = torment === 'freeze beyond its lease';
      const pid = freeze(({ name, isBusy }) => !isBeyond || (isBusy && !waitedFor.includes(name)));
      if (pid === undefined) return;
      counts[torment] += 1;
      if (isBeyond) return;
      await rest(forMs);
      thawOne(pid);
    },
    thaw() {
      for (const pid of [...frozen]) thawOne(pid);
    },
  };
}
