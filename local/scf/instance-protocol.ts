/** What the host and the process of an instance say to each other over the IPC channel. */

export interface EventMessage {
  kind: 'event';
  requestId: string;
  /** The event as JSON text, as it travels on the platform. */
  eventJson: string;
  /** How far the clock of the function is ahead of the machine's while it handles this event. Milliseconds. */
  shiftMs: number;
}

/** What the clock shows that is moved while the instance has an event in hand: as after it was frozen. */
interface ClockMessage {
  kind: 'clock';
  shiftMs: number;
}

/** Asks for {@link InstanceMemory}. */
interface MeasureMessage {
  kind: 'measure';
}

export type HostMessage = EventMessage | ClockMessage | MeasureMessage;

/** What an instance holds once its garbage has been collected. Bytes. */
export interface InstanceMemory {
  resident: number;
  /** Of JavaScript's heap. */
  heap: number;
  /** Of the heap: the bytecode and the machine code that V8 has made of the program. */
  code: number;
  /** Buffers and the like. */
  external: number;
  /** Events that it has had so far. */
  events: number;
}

/** What an instance gets when it starts: its command-line argument, as JSON. */
export interface InstanceStart {
  /** Absolute path of the file with the handler. */
  entry: string;
  /** Name of the export. */
  handler: string;
  functionName: string;
  identity: FunctionIdentity;
  memoryMb: number;
  timeoutS: number;
  /** Of the function's own variables, which the context repeats. Without values: other processes can read arguments. */
  environmentNames: readonly string[];
  /** How far the clock of the function is ahead of the machine's while its code is loaded. Milliseconds. */
  shiftMs: number;
}

/** Where a function stands: what its context says beside its name. */
export interface FunctionIdentity {
  namespace: string;
  version: string;
  region: string;
  appId: string;
  uin: string;
}

/** An error as the function threw it. Its text is the function's business; it is shown to the caller. */
export interface ThrownError {
  message: string;
  stack: string;
}

export type InstanceMessage =
  | { kind: 'ready' }
  | { kind: 'handler-not-found'; message: string }
  | { kind: 'load-failed'; error: ThrownError }
  | ({ kind: 'memory' } & InstanceMemory)
  | { kind: 'result'; requestId: string; resultJson: string; durationMs: number; memoryMb: number }
  | { kind: 'thrown'; requestId: string; error: ThrownError; durationMs: number; memoryMb: number };
