/** Quotas of an account and a function (product document 583/11637), beside those that `shared/scf` has. */

export const functionsPerNamespace = 50;
export const layersPerFunction = 5;
/** Code and layers together, unpacked. */
export const codeLimitBytes = 500 * 2 ** 20;
export const memoryLimitMb = { least: 64, step: 128, most: 3072 } as const;
export const timeoutLimitS = 900;
/** Of a region with the larger quota, of which a part stays shared by all functions (`scf_models`). MB. */
export const concurrencyMb = { total: 128_000, shared: 12_800 } as const;
/** Bytes of a timer's argument (product document 583/9708). */
export const argumentLimitBytes = 4096;
/** Of asynchronous events, seconds: a minute, six hours. The least and the most are assumed from the console. */
export const messageAgeS = { least: 60, usual: 21_600, most: 21_600 } as const;
/** Of asynchronous events: 2 by default, which is also taken for the most (product document 583/41138). */
export const retryLimit = 2;
