import { good } from '../platform-suite.ts';
import { timers } from './beat-plan.ts';
import { runTimer, type Soak } from './play-beat.ts';

/** In a round. In all of them each instance has some hundreds of events, and those that hear of people thousands. */
const runsOfTimer = 25;
const looks = 15;
const visitors = 100;
const rounds = 15;
const roundMs = 3_600_000;

/**
 * Gives the instances that are to live as long as the soak so much to do that what they run often has been compiled
 * and optimised: until then they grow, ever more slowly, and memory that is lost would not stand out.
 */
export async function warmUp(soak: Soak): Promise<void> {
  const { world, people } = soak;
  const { emulator, call } = world.platform;
  const name = 'warm-up';
  people.names.add(name);
  const { body } = await call('ChannelCreateMultiFlowSignQRCode', {
    ...good,
    ...{ FlowName: name, MaxFlowNum: rounds * visitors * 2 },
  });
  const link = String(body['StableUrl']);
  for (let round = 0; round < rounds; round += 1) {
    await people.act('create');
    // The oldest instance has what comes one after the other.
    for (let look = 0; look < looks; look += 1) await people.act('look');
    const signing = { sign: 0.7, reject: 0.1, cancel: 0.1, withinS: roundMs / 1000 };
    emulator.crowd({ link }, { people: visitors, overS: 0, signing, seed: round });
    await emulator.callbacks.deliverDue();
    for (const timer of timers) for (let run = 0; run < runsOfTimer; run += 1) await runTimer(soak, timer);
    await world.pass(roundMs);
  }
}
