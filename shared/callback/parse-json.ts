/** Far deeper than any message. Deeper JSON costs too much to read, and a recursive reader would run out of stack. */
const maxDepth = 100;

/** The value that a text holds; undefined, which no JSON is, for what is no JSON or nests too deep. */
export function parseJson(text: string): unknown {
  if (nestsTooDeep(text)) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Does a text begin as JSON and end inside of a string, an array or an object? */
export function endsEarly(text: string): boolean {
  return /^["[{]/.test(text) && scan(text).isOpen;
}

const nestsTooDeep = (text: string) => scan(text).deepest > maxDepth;

/** Counts brackets outside of strings. Of a text that is no JSON the answer means nothing, and does no harm. */
function scan(text: string): { deepest: number; isOpen: boolean } {
  let depth = 0;
  let deepest = 0;
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at];
    if (character === '[' || character === '{') deepest = Math.max(deepest, ++depth);
    else if (character === ']' || character === '}') depth -= 1;
    if (character !== '"') continue;
    at = endOfString(text, at);
    if (at === text.length) return { deepest, isOpen: true };
  }
  return { deepest, isOpen: depth > 0 };
}

/** Where the string ends that begins at `start`: at the next quotation mark that no backslash escapes. */
function endOfString(text: string, start: number): number {
  for (let end = text.indexOf('"', start + 1); end !== -1; end = text.indexOf('"', end + 1)) {
    let backslashes = 0;
    while (text[end - 1 - backslashes] === '\\') backslashes += 1;
    if (backslashes % 2 === 0) return end;
  }
  return text.length;
}
