import { parseJson } from './parse-json.ts';

/** Above this size nobody debugs by spelling, and it would be work that any stranger can ask for. Bytes. */
const maxBytes = 64 * 1024;

/**
 * The spellings that what lies between Tencent and us may have changed into the body received: gateways that parse
 * JSON and write it anew, or add and drop a line break. One of them may be what was signed.
 */
export function rewrittenBodies(body: Uint8Array): readonly string[] {
  if (body.byteLength > maxBytes) return [];
  const text = Buffer.from(body).toString('utf8');
  const trimmed = text.trim();
  const whole = [trimmed, `${trimmed}\n`, `${trimmed}\r\n`];
  const written = spellings(trimmed);
  const all = [...whole, ...written, ...written.map((one) => `${one}\n`)];
  return [...new Set(all)].filter((one) => one !== text);
}

function spellings(text: string): string[] {
  const value = parseJson(text);
  if (value === undefined) return [];
  const written = styles.flatMap((style) => escapes.map((escaped) => escaped(style(value))));
  // The JSON as a string inside JSON, and a string's own content.
  return [...written, compact(compact(value)), ...(typeof value === 'string' ? [value] : [])];
}

const compact = (value: unknown) => JSON.stringify(value);
const indented = (value: unknown, blanks: number) => JSON.stringify(value, null, blanks);

/** With blanks after commas and colons, as Python writes it: line breaks are never inside a JSON string. */
const spaced = (value: unknown) => indented(value, 1).replace(/,\n */g, ', ').replace(/\n */g, '');

const asItIs = (json: string) => json;
const escapedSlashes = (json: string) => json.replaceAll('/', '\\/');
const unicodeEscape = (character: string) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
// Without the flag `u` each half of a surrogate pair is escaped on its own, as JSON wants.
const escapedNonAscii = (json: string) => json.replace(/[^\0-\x7f]/g, unicodeEscape);
/** What Go and .NET escape; base64 has `+` and `=`. */
const escapedMarkup = (json: string) => json.replace(/[<>&+\u2028\u2029]/g, unicodeEscape);

const styles = [
  compact,
  spaced,
  (value: unknown) => indented(value, 2),
  (value: unknown) => indented(value, 4),
];
const escapes = [asItIs, escapedSlashes, escapedNonAscii, escapedMarkup];
