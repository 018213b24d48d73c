import type { BatchQueue } from '../batch/ports.ts';
import type { Upstream } from '../ports.ts';
import type { RunPorts } from './world.ts';

/** Thrown by everything that a dead process still tries. */
export class Killed extends Error {
  override readonly name = 'Killed';
}

/** What happens when a process reaches one of its steps. */
export type AtStep = (step: { number: number; inTransaction: boolean }) => Promise<void> | void;

/**
 * The ports of a process that can be stopped at any of its steps: before and after every statement, transaction and
 * call, and within a transaction before every statement of it. Once `atStep` has thrown, the process is dead: nothing
 * that it still tries reaches the database or upstream.
 */
export function mortal<Ports extends RunPorts & { batches?: BatchQueue }>(
  ports: Ports,
  atStep: AtStep,
): { ports: Ports; steps: () => number } {
  let steps = 0;
  let dead = false;

  async function step(inTransaction = false): Promise<void> {
    if (dead) throw new Killed();
    steps += 1;
    try {
      await atStep({ number: steps, inTransaction });
    } catch (error) {
      dead = true;
      throw error;
    }
    if (dead) throw new Killed();
  }

  function around<Args extends unknown[], Result>(work: (...args: Args) => Promise<Result>) {
    return async (...args: Args): Promise<Result> => {
      await step();
      const result = await work(...args);
      await step();
      return result;
    };
  }

  function mortalTransaction<Transaction extends object>(tx: Transaction): Transaction {
    const entries = Object.entries(tx).map(([name, method]) => [
      name,
      async (...args: unknown[]) => {
        await step(true);
        return Reflect.apply(method, tx, args);
      },
    ]);
    return Object.fromEntries(entries) as Transaction; // the same methods under the same names
  }

  function mortalQueue(batches: BatchQueue): BatchQueue {
    const entries = Object.entries(batches).map(([name, method]) => [name, around(method.bind(batches))]);
    const queue = Object.fromEntries(entries) as unknown as BatchQueue; // the same methods under the same names
    queue.settling = async (lease, nowS, work) => {
      await step();
      const settled = await batches.settling(lease, nowS, (tx) => work(mortalTransaction(tx)));
      await step();
      return settled;
    };
    return queue;
  }

  const { register, upstream } = ports;
  const mortalRegister = Object.fromEntries(
    Object.entries(register).map(([name, method]) => [name, around(method.bind(register))]),
  ) as unknown as RunPorts['register']; // the same methods under the same names
  mortalRegister.transaction = async (work) => {
    await step();
    const result = await register.transaction((tx) => work(mortalTransaction(tx)));
    await step();
    return result;
  };

  mortalRegister.transactionIf = async (presumed, work) => {
    await step();
    const result = await register.transactionIf(presumed, (tx) => work(mortalTransaction(tx)));
    await step();
    return result;
  };

  const mortalUpstream: Upstream = {
    async call(action, request, options) {
      await step();
      const answer = await upstream.call(action, request, {
        ...options,
        ...(options.onSend && {
          async onSend(slot) {
            const answer = await options.onSend?.(slot);
            await step();
            return answer ?? { taken: true, waitMs: 0 };
          },
        }),
      });
      await step();
      return answer;
    },
  };
  const mortalBatches = ports.batches && mortalQueue(ports.batches);
  return {
    ports: {
      ...ports,
      register: mortalRegister,
      upstream: mortalUpstream,
      ...(mortalBatches && { batches: mortalBatches }),
    },
    steps: () => steps,
  };
}

/** Dies at one step. */
export function dyingAt(fatal: number): AtStep {
  return ({ number }) => {
    if (number === fatal) throw new Killed();
  };
}
