/** Limits of the platform (product document 583/11637; `ZipFile` and names: the SDK's `scf_models`). */

export const functionNameLimit = 60;
/** A namespace and a function's name together. */
export const qualifiedNameLimit = 118;

/** Of a zip that travels inside the request. Beyond it, code has to come from COS. */
export const zipLimitBytes = { create: 50 * 2 ** 20, update: 20 * 2 ** 20 } as const;

/** Of one type, of one function. */
export const triggerLimit = 10;

/** Default quota of each action of the management API. */
export const requestsPerSecond = 20;
