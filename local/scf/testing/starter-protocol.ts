import type { InstanceOptions, Loaded, Outcome } from '../function-instance.ts';
import type { InstanceMemory } from '../instance-protocol.ts';

/** What is asked of an instance, which has a number. */
export type StarterRequest = { id: number } & (
  | { kind: 'start'; options: Omit<InstanceOptions, 'shiftMs' | 'onLine' | 'onExit'>; shiftMs: number }
  | { kind: 'handle'; requestId: string; eventJson: string; shiftMs: number }
  | { kind: 'tell-time'; shiftMs: number }
  | { kind: 'measure' }
  | { kind: 'kill' }
);

/** What is told of it. */
export type StarterTold = { id: number } & (
  | { kind: 'pid'; pid: number | undefined }
  | { kind: 'loaded'; loaded: Loaded }
  | { kind: 'handled'; requestId: string; outcome: Outcome }
  | { kind: 'measured'; memory: InstanceMemory | undefined }
  | { kind: 'killed' }
  | { kind: 'line'; line: string }
  | { kind: 'exit' }
);
