import { createBatchWorld } from '../../../codes/batch/testing/batch-world.ts';
import { sentCreate } from '../../../codes/life/attempt.ts';
import { sampleCode } from '../../../codes/testing/sample-code.ts';
import { createWorld, type World } from '../../../codes/testing/world.ts';
import type { Database } from '../../postgres/database.ts';

const scope = { appId: 'app', organizations: ['org-a'] };

/** Batches that are made, worked off, looked at and cancelled. */
export async function playBatches(db: Database): Promise<void> {
  const world = createWorld(db);
  await world.forgetEverything();
  const { batches, creates, changes, run } = createBatchWorld(world);
  const batchId = await creates([{}]);
  await run();
  world.fake.faults.push({ refuse: 'OperationDenied.Forbid' });
  await creates([{}]);
  await run();
  await changes('Pause', { by: 'ExternalIds', values: ['gate-1'] });
  await run();
  for (const seen of [null, scope]) {
    await batches.targets({ by: 'Label', value: 'x', organization: 'org-a' }, seen, 10);
    await batches.targets({ by: 'CodeIds', values: ['code'] }, seen, 10);
    await batches.find(batchId, seen);
    await batches.list({ scope: seen, after: undefined, limit: 10 });
    await batches.list({ scope: seen, after: { atMs: world.clock.ms, id: 'x' }, limit: 10 });
    await batches.cancel(await creates([{}]), seen, world.clock.ms / 1000, 'test');
  }
  await batches.rows(batchId, { state: 'done', after: 0, limit: 10 });
  await hold(world);
}

/** What is done with a row that is held. */
async function hold(world: World): Promise<void> {
  const { batches } = createBatchWorld(world);
  const nowS = world.clock.ms / 1000;
  const failed = { state: 'failed', code: 'X', text: { zh: '', en: '' }, upstreamRequestId: null } as const;
  const lease = { batchId: 'nobody', number: 1, token: '1' };
  await batches.claim(nowS, 10, 1000, {
    except: [{ appId: 'app', organization: 'org-b' }],
    batchId: 'nobody',
  });
  await batches.release([lease]);
  await batches.putBack(lease, { dueAtS: nowS, failures: 1 });
  await batches.settle(lease, failed, nowS);
  await batches.settleRest('nobody', { appId: 'app', organization: 'org-a' }, failed, nowS);
  await batches.refusalOf('nobody');
  await batches.settling(lease, nowS, async () => {});
  const code = sampleCode();
  const { codeId, appId, organization, operator } = code;
  const attempt = sentCreate({
    ...{ attemptId: 'attempt', codeId, appId, organization, operator, generation: 1, leaseToken: '1' },
    ...{ expiresAtS: nowS + 60, plannedAtS: nowS },
  });
  const slot = { action: 'create', intervalUs: 1, horizonUs: 1_000_000 };
  await batches.noteCreate(lease, { code, attempt, leaseMs: 1000, slot });
}
