/** The body in another spelling of the same JSON. */
export interface Reserialised {
  /** Ends the sentence "what was signed is …". */
  how: string;
  text: string;
}

/** Larger bodies are not spelled in other ways: the comparison would help no reader. Bytes. */
const maxBytes = 256 * 1024;

/**
 * The spellings that the common JSON writers give to the value that a body holds. A client that signs one of them
 * and lets its HTTP library write the body anew has signed other bytes than it sent.
 */
export function reserialisedBodies(body: Uint8Array): readonly Reserialised[] {
  if (body.byteLength > maxBytes) return [];
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(body);
  const whole: Reserialised[] = [
    { how: 'an empty body', text: '' },
    { how: 'the body with a line feed at its end', text: `${text}\n` },
    { how: 'the body without blanks around it', text: text.trim() },
    { how: 'the body as a JSON string', text: JSON.stringify(text) },
  ];
  try {
    return [...whole, ...spellings(JSON.parse(text))];
  } catch {
    // No JSON, or nested deeper than the stack: then there is no other spelling of it to try.
    return whole;
  }
}

function spellings(value: unknown): readonly Reserialised[] {
  const compact = JSON.stringify(value);
  const spaced = writeJson(value, ', ', ': ');
  return [
    { how: 'the same JSON without blanks', text: compact },
    { how: 'the same JSON without blanks and with \\u escapes', text: escapeNonAscii(compact) },
    { how: 'the same JSON with blanks after commas and colons', text: spaced },
    {
      how: 'the same JSON with blanks after commas and colons and with \\u escapes (Python)',
      text: escapeNonAscii(spaced),
    },
    {
      how: 'the same JSON with escaped slashes and \\u escapes (PHP)',
      text: escapeNonAscii(compact).replaceAll('/', '\\/'),
    },
    { how: 'the same JSON with <, > and & escaped (Go)', text: escapeMarkup(compact) },
    { how: 'the same JSON indented by two blanks', text: JSON.stringify(value, null, 2) },
    { how: 'the same JSON indented by four blanks', text: JSON.stringify(value, null, 4) },
    { how: 'the same JSON with its keys sorted', text: writeJson(value, ',', ':', true) },
  ];
}

function writeJson(value: unknown, comma: string, colon: string, sorted = false): string {
  if (Array.isArray(value)) {
    return `[${value.map((item) => writeJson(item, comma, colon, sorted)).join(comma)}]`;
  }
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const entries = Object.entries(value);
  if (sorted) entries.sort(([a], [b]) => (a < b ? -1 : 1));
  const members = entries.map(
    ([name, member]) => JSON.stringify(name) + colon + writeJson(member, comma, colon, sorted),
  );
  return `{${members.join(comma)}}`;
}

const unicodeEscape = (character: string) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;

// Without the flag `u` the class matches halves of surrogate pairs, and each half is escaped on its own, as JSON wants.
const escapeNonAscii = (json: string) => json.replace(/[^\0-\x7f]/g, unicodeEscape);
const escapeMarkup = (json: string) => json.replace(/[<>&\u2028\u2029]/g, unicodeEscape);
