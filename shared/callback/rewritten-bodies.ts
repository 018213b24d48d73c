import { parseJson } from './parse-json.ts';

/** Larger bodies are not spelled in other ways: it would help no reader, and any stranger could ask for the work. Bytes. */
const maxBytes = 64 * 1024;
/** What has many members, or members inside members, grows when it is written with indents. */
const maxNestedBytes = 8 * 1024;
const maxDepth = 4;

/**
 * The spellings that what lies between Tencent and us may have changed into the body received: gateways that parse
 * JSON and write it anew, or add and drop a line break. One of them may be what was signed. One at a time, so that no
 * more than one is in memory.
 */
export function* rewrittenBodies(body: Uint8Array): Generator<string> {
  if (body.byteLength > maxBytes) return;
  const text = Buffer.from(body).toString('utf8');
  const trimmed = text.trim();
  for (const one of [trimmed, `${trimmed}\n`, `${trimmed}\r\n`]) if (one !== text) yield one;
  for (const one of spellings(trimmed)) {
    if (one !== text) yield one;
    if (`${one}\n` !== text) yield `${one}\n`;
  }
  yield* formSpellings(trimmed);
}

/** What a body was that something on the way took for a form, or sent twice. */
function* formSpellings(text: string): Generator<string> {
  // In a form a plus sign is a blank; the JSON of a notification has none of its own.
  if (text.includes(' ')) yield text.replaceAll(' ', '+');
  const decoded = percentDecoded(text);
  if (decoded !== undefined) yield decoded;
  const [, name, value] = /^(\w{1,20})=([^&]*)$/.exec(text) ?? [];
  if (name !== undefined && value !== undefined)
    yield compact({ [name]: (percentDecoded(value) ?? value).replaceAll(' ', '+') });
  const half = text.slice(0, text.length / 2);
  if (half !== '' && half + half === text) yield half;
}

/** Undefined: nothing was encoded, or not as it should be. */
function percentDecoded(text: string): string | undefined {
  if (!text.includes('%')) return undefined;
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

function* spellings(text: string): Generator<string> {
  const value = parseJson(text);
  if (value === undefined) return;
  const depth = depthOf(value);
  if (depth > maxDepth || (text.length > maxNestedBytes && !isFlat(value, depth))) return;
  for (const style of styles) {
    const written = style(value);
    for (const escaped of escapes) yield escaped(written);
  }
  // The JSON as a string inside JSON, and a string's own content.
  yield compact(compact(value));
  if (typeof value === 'string') yield value;
}

/** Text, or a few members with text: as large as its text is, however it is written. */
const isFlat = (value: unknown, depth: number) =>
  depth === 0 || (depth === 1 && Object.keys(value ?? {}).length <= 4);

/** 0 for a bare value, 1 for `{"encrypt":"…"}`. The parser has bounded it already. */
function depthOf(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  return 1 + Math.max(0, ...Object.values(value).map(depthOf));
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
