import { randomInt, randomUUID } from 'node:crypto';
import type { Server } from 'node:http';
import { setTimeout as sleepForReal } from 'node:timers/promises';
import { Failure } from '../../../shared/errors.ts';
import { type Clock, systemClock } from '../../clock/clock.ts';
import type { Credential } from '../../cloud-api/credentials.ts';
import { createFaults } from '../../cloud-api/faults.ts';
import { createGateway } from '../../cloud-api/gateway.ts';
import { createJournal, journalLine } from '../../cloud-api/journal/journal.ts';
import { closeServer, listen } from '../../cloud-api/listen.ts';
import type { Outcome } from '../../cloud-api/outcome.ts';
import { createRateLimit } from '../../cloud-api/rate-limit.ts';
import { createSeededRandom } from '../../cloud-api/seeded-random.ts';
import { createAsynchronousInvoker } from '../asynchronous-invocation.ts';
import type { startInstance } from '../function-instance.ts';
import { type Invocation, invocationError } from '../invocation.ts';
import type { ManagedAction } from './gateway/managed-action.ts';
import { scfService } from './gateway/scf-service.ts';
import { createManagementServer } from './management-server.ts';
import { answerDomain, domainOf } from './run/custom-domains.ts';
import { createHttpEntrance } from './run/http-entrance.ts';
import { createRunner, type Runner } from './run/runner.ts';
import { type AsynchronousTarget, createTriggers } from './run/triggers.ts';
import type { ScfManagement } from './scf-management.ts';
import type { Services } from './services.ts';
import { createAccount } from './state/account.ts';
import { accountState } from './state/account-state.ts';
import type { FunctionRecord } from './state/function-record.ts';
import type { Settling } from './state/life.ts';
import { settleAll } from './state/settle.ts';
import { createTransitionFailures } from './state/transition-failures.ts';
import { resolve } from './state/versions.ts';

export type { ScfManagement } from './scf-management.ts';

export interface ScfManagementOptions {
  /** Who may call. They are public: they open nothing but this. */
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
  /** How instances are started; see the function host. */
  startInstance?: typeof startInstance;
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
  const account = createAccount(region);
  const onDefect = (error: unknown) =>
    logger(`defect: ${error instanceof Error ? error.stack : String(error)}`);
  const faults = createFaults(random);
  const failures = createTransitionFailures();
  const journal = createJournal();
  const runner = createRunner({
    account,
    instanceModule: options.instanceModule,
    startInstance: options.startInstance,
    log: logger,
  });
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
  const service = scfService(region);
  const api = createGateway({
    service,
    act: async (action, request) => {
      const outcome = await action.handle(request, services);
      noteForeignCode(action, outcome, onDefect);
      return outcome;
    },
    credentials: options.credentials,
    faults,
    rateLimit: createRateLimit(),
    journal,
    requestsPerSecond: options.requestsPerSecond,
    newRequestId: () => randomUUID(),
    nowMs: realNowMs,
    signatureNowS: () => Math.floor(realNowMs() / 1000),
    sleep: options.sleep ?? sleepByTimer,
    onJournal: (entry) => logger(journalLine(entry)),
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
        throw new Failure('StateConflict', {
          detail: { zh: '替身已在监听', en: 'The stand-in listens already' },
        });
      const opening = createManagementServer({
        api,
        maxBodyBytes: service.maxBodyBytes,
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

/** One attempt. A function that was deleted before it is not found, which is not tried again. */
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

/** An action that answers what it does not list is wrong, or its list is. */
function noteForeignCode(
  { name, publishedCodes, assumedCodes }: ManagedAction,
  outcome: Outcome,
  onDefect: (error: unknown) => void,
): void {
  if (outcome.ok) return;
  const listed: readonly string[] = [...publishedCodes, ...assumedCodes, 'InvalidParameterValue'];
  if (listed.includes(outcome.code)) return;
  onDefect(new TypeError(`${name} answers ${outcome.code}, which it does not list`));
}
