import { redactText } from '../log/redact.ts';

/**
 * The first candidate that is fit to be an id, else a new one. Unfit is what could break out of a header or a log
 * line, and what looks like a key or a person's number: an id is written to every log on the way.
 */
export function chooseRequestId(
  candidates: readonly unknown[],
  secrets: readonly string[],
  newRequestId: () => string,
): string {
  for (const candidate of candidates) {
    if (typeof candidate !== 'string' || !/^[\w.:-]{1,128}$/.test(candidate)) continue;
    if (redactText(candidate, secrets) === candidate) return candidate;
  }
  return newRequestId();
}
