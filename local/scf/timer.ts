import { nextOccurrenceMs } from '../../shared/scf/cron.ts';
import type { FunctionService, TimerTrigger } from '../../shared/scf/function-service.ts';
import { type Clock, systemClock } from '../clock/clock.ts';

/** What a function with a timer receives (product document 583/9708). */
export interface TimerEvent {
  Type: 'Timer';
  TriggerName: string;
  /**
   * `2019-02-21T11:49:00Z`. The documents call it the time at which the trigger was created; that it is the time
   * of the occurrence is an assumption.
   */
  Time: string;
  /** The trigger's argument; documented as empty where none is set. */
  Message: string;
}

export interface Timers {
  stop(): void;
}

/**
 * Fires the timers of all services.
 *
 * Occurrences may overlap, as on the platform: the next one does not wait for the last. Those that fall into
 * a time when the machine slept are skipped.
 */
export function startTimers(
  services: readonly FunctionService[],
  deliver: (functionName: string, event: TimerEvent) => Promise<unknown>,
  clock: Clock = systemClock,
): Timers {
  const cancels = new Map<TimerTrigger, () => void>();

  function arm(service: FunctionService, trigger: TimerTrigger, afterMs: number): void {
    const dueMs = nextOccurrenceMs(trigger.cron, afterMs);
    if (dueMs === undefined) {
      cancels.delete(trigger);
      return;
    }
    const fire = () => {
      // `setTimeout` may be a little early: never the same occurrence twice.
      arm(service, trigger, Math.max(clock.nowMs(), dueMs));
      // The host logs what goes wrong; no caller waits for it.
      void deliver(service.name, timerEvent(trigger, dueMs));
    };
    cancels.set(trigger, clock.after(dueMs - clock.nowMs(), fire));
  }

  for (const service of services) {
    for (const trigger of service.triggers) {
      if (trigger.type === 'timer') arm(service, trigger, clock.nowMs());
    }
  }
  return {
    stop() {
      for (const cancel of cancels.values()) cancel();
      cancels.clear();
    },
  };
}

export function timerEvent(trigger: TimerTrigger, dueMs: number): TimerEvent {
  return {
    Type: 'Timer',
    TriggerName: trigger.name,
    Time: `${new Date(dueMs).toISOString().slice(0, 19)}Z`,
    Message: trigger.argument,
  };
}
