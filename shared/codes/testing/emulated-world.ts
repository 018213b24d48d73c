import { credentials } from '../../../local/cloud-api/credentials.ts';
import { createEmulator } from '../../../local/essbasic/create-emulator.ts';
import { exampleAgent } from '../../../local/essbasic/seeds/organisations.ts';
import { exampleTemplateId } from '../../../local/essbasic/seeds/templates.ts';
import { codeStatus } from '../../../local/essbasic/state/code-status.ts';
import type { CreateRequest } from '../../essbasic/ChannelCreateMultiFlowSignQRCode.ts';
import type { Database } from '../../store/postgres/database.ts';
import { createUpstream } from '../../upstream/create-upstream.ts';
import { runRenewals } from '../renewal/run-renewals.ts';
import { createWorld, type RunPorts, startMs } from './world.ts';

const owner = {
  AppId: exampleAgent.AppId,
  ProxyOrganizationOpenId: exampleAgent.ProxyOrganizationOpenId,
};

/** The register on a real database, and the real client of upstream before the emulator, all on one clock. */
export async function createEmulatedWorld(db: Database) {
  const emulator = createEmulator({
    seed: 1,
    startMs,
    speed: 0,
    requestsPerSecond: Number.POSITIVE_INFINITY,
    signatureClock: 'virtual',
  });
  const { url } = await emulator.listen();
  const upstream = createUpstream({
    credentials: credentials[0],
    endpoint: url,
    now: () => emulator.clock.nowMs(),
    sleep: async () => undefined,
  });
  const world = createWorld(db);
  const ports: RunPorts = { ...world.ports, upstream };
  /** The emulator comes with codes of its own. */
  const seeded = new Set(emulator.codes.list().map(({ QrCodeId }) => QrCodeId));
  const deadlineMs = () => world.clock.ms + 60_000;
  let names = 0;

  return {
    ...world,
    emulator,
    ports,
    deadlineMs,
    setQuota: (quota: number) => emulator.organisations.setQuota(owner, quota),
    tick: (using: RunPorts = ports) => runRenewals(using, { deadlineMs: deadlineMs(), concurrency: 2 }),

    /** Of four contracts and five days, each under another name. */
    nextRequest(): CreateRequest {
      names += 1;
      return {
        Agent: exampleAgent,
        TemplateId: exampleTemplateId,
        FlowName: `code ${names}`,
        MaxFlowNum: 4,
        QrEffectiveDay: 5,
      };
    },

    aliveIds: () =>
      emulator.codes
        .list()
        .filter(({ QrCodeId }) => !seeded.has(QrCodeId))
        .filter((code) => codeStatus(code, emulator.clock.nowS()) === 'alive')
        .map(({ QrCodeId }) => QrCodeId),

    passS(seconds: number): void {
      world.passS(seconds);
      emulator.clock.set(world.clock.ms);
    },

    async beginAnew(): Promise<void> {
      emulator.reset();
      emulator.clock.setSpeed(0);
      emulator.clock.set(world.clock.ms);
      await world.forgetEverything();
    },
  };
}

export type EmulatedWorld = Awaited<ReturnType<typeof createEmulatedWorld>>;
