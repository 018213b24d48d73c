/** What stands in the place of something that is never logged. */
export const redacted = '[redacted]';

/** Members that are never logged, by what their names contain: without `-` and `_`, in lower case. */
const forbiddenParts =
  /secret|token|password|passwd|authorization|cookie|credential|apikey|signature|callbackkey|databaseurl|mobile|phone|idcard|idnumber/;

/** The same by their whole names: those of people, and whole things that hold too much to look through. */
const forbiddenNames = new Set([
  'name',
  'username',
  'approvername',
  'key',
  'body',
  'payload',
  'headers',
  'event',
  'context',
  'environ',
  'environment',
  'env',
]);

/** Names are few, and the same in every line. */
const judged = new Map<string, boolean>();
const mostJudged = 500;

export function isForbiddenName(name: string): boolean {
  const known = judged.get(name);
  if (known !== undefined) return known;
  const isForbidden = hasForbiddenForm(name);
  if (judged.size < mostJudged) judged.set(name, isForbidden);
  return isForbidden;
}

function hasForbiddenForm(name: string): boolean {
  const plain = name.replace(/[-_]/g, '').toLowerCase();
  return forbiddenNames.has(plain) || forbiddenParts.test(plain);
}

/** With its dashes; the id of a trace has as many digits and none. */
const uuid = /^[\da-f]{8}(?:-?[\da-f]{4}){3}-?[\da-f]{12}$/i;

/** What gives itself away by its form, with what may remain of it. The order counts: the longer form comes first. */
const patterns: readonly (readonly [RegExp, string])[] = [
  // Header values with credentials, to the end of the line: the scheme says what was there.
  [/\b(Bearer|Basic|TC3-HMAC-SHA256)\s+\S.*/gi, `$1 ${redacted}`],
  [/\b(authorization|cookie)(["']?\s*[:=]).*/gi, `$1$2 ${redacted}`],
  // User and password in a URL.
  [/\b([a-z][a-z\d+.-]*:\/\/)[^\s/]*@/gi, `$1${redacted}@`],
  // Our API keys, Tencent's SecretIds.
  [/qm_[\w-]+/gi, redacted],
  [/AKID[\w-]+/g, redacted],
  // Identity numbers of 18 and 15 digits and mobile numbers, also with their country code.
  [/(?<!\d)\d{17}[\dXx](?!\d)/g, redacted],
  [/(?<!\d)\d{15}(?!\d)/g, redacted],
  [/(?<!\d)(?:\+?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}(?!\d)/g, redacted],
];

/** Whatever one of those patterns finds has one of these in it: most texts are looked through once. */
const sign = /bearer|basic|tc3-|authorization|cookie|:\/\/|qm_|akid|\d{4}/i;

/** Longer texts are cut before they are looked through. Characters. */
const maxTextLength = 8192;

/**
 * A text without keys, credentials, identity and mobile numbers, and without the secrets of the configuration.
 * Names of people have no form: what may hold them must not be given to the log at all.
 */
export function redactText(text: string, secrets: readonly string[] = []): string {
  // Twelve hexadecimal digits may look like a mobile number by chance, and a request id must be found again.
  if (uuid.test(text)) return text;
  let rest = text.slice(0, maxTextLength);
  for (const secret of secrets) if (rest.includes(secret)) rest = rest.replaceAll(secret, redacted);
  if (!sign.test(rest)) return rest;
  for (const [pattern, replacement] of patterns) rest = rest.replace(pattern, replacement);
  return rest;
}
