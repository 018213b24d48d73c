import { limits } from '../../essbasic/create-limits.ts';

/** A successor that lives for less is not worth making. Seconds. */
export const shortestLifeS = 300;

/** Upstream counts from its own clock: at the very limit, a second of difference would be refused. */
const clockMarginS = 300;
export const longestLifeS = limits.QrCodeExpiredOn.maxDays * 86_400 - clockMarginS;
