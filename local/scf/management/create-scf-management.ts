import { randomInt, randomUUID } from 'node:crypto';
import type { Server } from 'node:http';
import { setTimeout as sleepForReal } from 'node:timers/promises';
import { Failure } from '../../../shared/errors.ts';
import { createFaults } from '../../essbasic/gateway/faults.ts';
import { createJournal, type JournalEntry } from '../../essbasic/gateway/journal.ts';
import { createRateLimit } from '../../essbasic/gateway/rate-limit.ts';
import { closeServer, listen } from '../../essbasic/listen.ts';
import type { Credential } from '../../essbasic/seeds/credentials.ts';
import { createSeededRandom } from '../../essbasic/state/seeded-random.ts';
import { createAsynchronousInvoker } from '../asynchronous-invocation.ts';
import { type Clock, systemClock } from '../clock.ts';
import { type Invocation, invocationError } from '../invocation.ts';
import { createManagementGateway } from './gateway/management-gateway.ts';
import { createManagementServer } from './management-server.ts';
import { answerDomain, domainOf } from './run/custom-domains.ts';
import { createHttpEntrance } from './run/http-entrance.ts';
import { createRunner, type Runner } from './run/runner.ts';
import { type AsynchronousTarget, createTriggers } from './run/triggers.ts';
import type { ScfManagement } from './scf-management.ts';
import type { Services } from './services.ts';
import { createAccount } from './state/account.ts';
import { accountState } from './state/account-state.ts';
import { resolve } from './state/find.ts';
import type { FunctionRecord } from './state/function-record.ts';
import type { Settling } from './state/life.ts';
import { settleAll } from './state/settle.ts';
import { createTransitionFailures } from './state/transition-failures.ts';

export type { ScfManagement } from './scf-management.ts';

export interface ScfManagementOptions {
  /** Who may call. Known to everybody: they open nothing but this. */
  credentials: readonly Credential[];
  /** The one region that there is. */
  region?: string;
  /** How long what is asynchronous takes: two observations unless given. */
  settling?: Settling;
  /** How often a Function URL is looked at before it is shown: once unless given. */
  urlPolls?: number;
  /** What timers fire by, retries wait by, and acts end by where `settling` is in ms. */
  clock?: Clock;
  /** Real time, by which requests are signed and counted. Epoch milliseconds. */
  realNowMs?: () => number;
  /** Requests per second, account and action, in place of what is published. `Infinity` for no limit. */
  requestsPerSecond?: number;
  /** What the choice by weight and the probability of faults follow from. 32 bits. */
  seed?: number;
  /** The built `instance.ts`; by default it lies beside the module that this one is bundled into. */
  instanceModule?: string;
  /** Gets a line for each request, for each line of a function, and for each defect of the stand-in itself. */
  logger?: (line: string) => void;
  /** Waits for real milliseconds, where a fault asks for latency. */
  sleep?: (ms: number) => Promise<void>;
}

const sleepByTimer = async (ms: number) => {
  await sleepForReal(ms);
};

/**
 * A stand-in for `scf.tencentcloudapi.com` on this machine: what is deployed to it really runs. `COVERAGE.md` says what
 * it does and does not do.
 */
export function createScfManagement(options: ScfManagementOptions): ScfManagement {
  const { clock = systemClock, region = 'ap-guangzhou', realNowMs = Date.now, logger = () => {} } = options;
  const random = createSeededRandom(options.seed ?? randomInt(2 ** 32));
  const account = createAccount(region, clock.nowMs());
  const onDefect = (error: unknown) =>
    logger(`defect: ${error instanceof Error ? error.stack : String(error)}`);
  const faults = createFaults(random);
  const failures = createTransitionFailures();
  const journal = createJournal();
  const runner = createRunner({ account, instanceModule: options.instanceModule, log: logger });
  const settleNow = (fn: FunctionRecord) => settleAll(services, fn);
  const entrance = createHttpEntrance({ runner, settle: settleNow, fraction: random.fraction });
  const asynchronous = createAsynchronousInvoker<AsynchronousTarget>(
    (target, event) => runAsynchronously(target, event, { runner, settleNow, fraction: random.fraction }),
    clock,
  );
  const triggers = createTriggers({ entrance, asynchronous, clock, newId: randomUUID, onDefect });
  const services: Services = {
    account,
    settling: options.settling ?? { polls: 2 },
    urlPolls: options.urlPolls ?? 1,
    failures,
    runner,
    triggers,
    asynchronous,
    nowMs: clock.nowMs,
    fraction: random.fraction,
    newId: randomUUID,
  };
  const api = createManagementGateway({
    region,
    credentials: options.credentials,
    services,
    faults,
    rateLimit: createRateLimit(),
    journal,
    requestsPerSecond: options.requestsPerSecond,
    newRequestId: randomUUID,
    realNowMs,
    sleep: options.sleep ?? sleepByTimer,
    onJournal: (entry) => logger(lineOf(entry)),
    onDefect,
  });
  let server: Server | undefined;

  return {
    journal,
    faults,
    failures,
    state: () => accountState(services),
    async listen(port = 0) {
      if (server !== undefined)
        throw new Failure('StateConflict', { detail: 'The stand-in listens already' });
      const opening = createManagementServer({
        api,
        domainOf: (message) => domainOf(services, message),
        answerDomain: (domain, message) => answerDomain(services, entrance, domain, message),
        onDefect,
      });
      const address = await listen(opening, port, '127.0.0.1');
      server = opening;
      return address;
    },
    async close() {
      const closing = server;
      server = undefined;
      asynchronous.close();
      await Promise.all([closing && closeServer(closing), triggers.close()]);
      await runner.close();
    },
  };
}

interface AsynchronousParts {
  runner: Runner;
  settleNow(fn: FunctionRecord): void;
  fraction(): number;
}

/** One attempt. What has been deleted meanwhile is not found, which is not tried again. */
async function runAsynchronously(
  { fn, qualifier, requestId }: AsynchronousTarget,
  event: unknown,
  { runner, settleNow, fraction }: AsynchronousParts,
): Promise<Invocation> {
  settleNow(fn);
  const version = resolve(fn, qualifier, fraction());
  if (version === undefined || version.life.status === 'Gone') {
    const error = invocationError('FunctionNotFound', requestId, 'FunctionNotFound');
    return { requestId, durationMs: 0, memoryMb: 0, coldStart: false, error };
  }
  return (await runner.run(fn, version, event, 'asynchronous', requestId)).invocation;
}

function lineOf({ method, action, result, reason, requestId, fault }: JournalEntry): string {
  const why = reason === undefined ? '' : `: ${reason}`;
  const struck = fault === undefined ? '' : ` (fault ${fault.id}: ${fault.effect})`;
  return `${method} ${action || '(no action)'} ${result}${why}${struck} [${requestId}]`;
}
