const offsetMs = 8 * 3_600_000;

/** `2020-02-21 19:49:00`, in UTC+8, as the API writes times. */
export const beijingTime = (epochMs: number) =>
  new Date(epochMs + offsetMs).toISOString().slice(0, 19).replace('T', ' ');
