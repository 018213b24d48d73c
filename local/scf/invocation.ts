/**
 * What the platform says of one run of a function.
 *
 * The numbers and their names are those of its published list of function status codes (product document
 * 583/42611, 583/35311). The form of the error object is published for 430 and seen for 433; that the others
 * look the same is an assumption.
 */
export const functionStatus = {
  RequestTooLarge: { statusCode: 406, blame: 'request' },
  ResponseTooLarge: { statusCode: 407, blame: 'function' },
  /** No instance may be started. */
  ResourceLimitReached: { statusCode: 432, blame: 'request' },
  UserCodeException: { statusCode: 430, blame: 'function' },
  TimeLimitReached: { statusCode: 433, blame: 'function' },
  FunctionNotFound: { statusCode: 435, blame: 'request' },
  HandlerNotFound: { statusCode: 437, blame: 'request' },
  ProcessExit: { statusCode: 439, blame: 'function' },
  /** Assumed to be the answer when the top level of the code throws. */
  UserCodeError: { statusCode: 443, blame: 'function' },
  /** Assumed to be the answer when loading outlives the initialisation time-out. */
  InitTimeout: { statusCode: 450, blame: 'function' },
  RequestCanceled: { statusCode: 499, blame: 'request' },
} as const satisfies Record<string, { statusCode: number; blame: 'request' | 'function' }>;

export type FunctionStatus = keyof typeof functionStatus;

/** The object that a caller gets in place of a result. */
export interface InvocationError {
  errorCode: number;
  errorMessage: string;
  requestId: string;
  statusCode: number;
  stackTrace?: string;
}

interface Facts {
  requestId: string;
  /** How long the handler ran, without loading. Zero when it did not. */
  durationMs: number;
  /** Resident memory of the instance after the event, in MB of 2^20 bytes. Zero when none ran. */
  memoryMb: number;
  /** Was an instance started for this event? */
  coldStart: boolean;
}

/** `result` is what the handler returned, after a way through JSON: `undefined` has become `null`. */
export type Invocation = Facts &
  ({ result: unknown; error?: undefined } | { result?: undefined; error: InvocationError });

/** 1 is published for a Node.js exception, -1 for a time-out and for Python; -1 elsewhere is an assumption. */
export function invocationError(
  status: FunctionStatus,
  requestId: string,
  errorMessage: string,
  stackTrace?: string,
): InvocationError {
  return {
    errorCode: status === 'UserCodeException' ? 1 : -1,
    errorMessage,
    requestId,
    statusCode: functionStatus[status].statusCode,
    ...(stackTrace === undefined ? {} : { stackTrace }),
  };
}

/** Would the platform run an asynchronous event again after this? Only where the function is to blame. */
export function isRetriedByPlatform(error: InvocationError): boolean {
  return Object.values(functionStatus).some(
    ({ statusCode, blame }) => statusCode === error.statusCode && blame === 'function',
  );
}
