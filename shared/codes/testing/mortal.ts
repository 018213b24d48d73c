import type { RegisterTransaction, Upstream } from '../ports.ts';
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
export function mortal(ports: RunPorts, atStep: AtStep): { ports: RunPorts; steps: () => number } {
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

  function mortalTransaction(tx: RegisterTransaction): RegisterTransaction {
    const entries = Object.entries(tx).map(([name, method]) => [
      name,
      async (...args: unknown[]) => {
        await step(true);
        return Reflect.apply(method, tx, args);
      },
    ]);
    return Object.fromEntries(entries) as RegisterTransaction; // the same methods under the same names
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

  const mortalUpstream: Upstream = {
    async call(action, request, options) {
      await step();
      const answer = await upstream.call(action, request, {
        ...options,
        async onSend() {
          await options.onSend?.();
          await step();
        },
      });
      await step();
      return answer;
    },
  };
  return { ports: { ...ports, register: mortalRegister, upstream: mortalUpstream }, steps: () => steps };
}

/** Dies at one step. */
export function dyingAt(fatal: number): AtStep {
  return ({ number }) => {
    if (number === fatal) throw new Killed();
  };
}
