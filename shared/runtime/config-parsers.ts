/** A value of the environment that was read, or what is wrong with it: a sentence without the value. */
export type Parsed<T> = { value: T } | { problem: string };

export type Parser<T> = (text: string) => Parsed<T>;

/** Ids, keys and tokens: visible ASCII. A blank inside comes from copying two things at once. */
export function printable(text: string): Parsed<string> {
  return /^[\x21-\x7e]+$/.test(text)
    ? { value: text }
    : { problem: 'has characters other than visible ASCII' };
}

/** One of the words, to the letter. */
export function oneOf<Word extends string>(...words: readonly Word[]): Parser<Word> {
  return (text) => {
    const value = words.find((word) => word === text);
    return value === undefined ? { problem: `must be ${words.join(' or ')}` } : { value };
  };
}

/** Items between commas, none of them empty. */
export function listOf(parseItem: Parser<string>): Parser<readonly string[]> {
  return (text) => {
    const items = text.split(',').map((item) => item.trim());
    const results = items.map((item) => (item === '' ? { problem: 'is empty' } : parseItem(item)));
    const problems = results.flatMap((result, index) =>
      'problem' in result
        ? [items.length === 1 ? result.problem : `item ${index + 1} ${result.problem}`]
        : [],
    );
    if (problems.length > 0) return { problem: problems.join(', ') };
    return { value: results.flatMap((result) => ('value' in result ? [result.value] : [])) };
  };
}

/** AES-256 takes the 32 characters as they are, so they must be 32 bytes too. */
export function callbackKey(text: string): Parsed<string> {
  if (text.length !== 32) return { problem: `must have 32 characters and has ${text.length}` };
  return printable(text);
}

export function sha256Hex(text: string): Parsed<string> {
  const hash = text.toLowerCase();
  return /^[\da-f]{64}$/.test(hash)
    ? { value: hash }
    : { problem: 'must be a SHA-256 in 64 hexadecimal digits' };
}

/** What we add to a base URL must fit into the 1000 characters of a `CallbackUrl`. */
const longestUrl = 900;

/** An origin or, with `path`, a base URL without a slash at its end. */
export function webUrl({ path }: { path: boolean }): Parser<string> {
  return (text) => {
    const url = URL.canParse(text) ? new URL(text) : undefined;
    if (url === undefined) return { problem: 'is not a URL' };
    if (text.length > longestUrl) return { problem: `has more than ${longestUrl} characters` };
    if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLoopback(url.hostname))) {
      return { problem: 'must begin with https:// (http:// is for 127.0.0.1, [::1] and localhost)' };
    }
    if (url.username !== '' || url.password !== '') return { problem: 'must not hold a user or password' };
    if (url.search !== '' || url.hash !== '') return { problem: 'must not have a query or fragment' };
    if (!path && url.pathname !== '/') return { problem: 'must not have a path' };
    return { value: `${url.origin}${url.pathname}`.replace(/\/+$/, '') };
  };
}

/** What a browser sends as `Origin`. */
export function origin(text: string): Parsed<string> {
  if (text === '*') return { problem: 'must name each origin, as * would open the API to every web page' };
  const url = URL.canParse(text) ? new URL(text) : undefined;
  return url !== undefined && /^https?:$/.test(url.protocol) && url.origin === text
    ? { value: text }
    : { problem: 'must be an origin such as https://app.example.com, without a path or slash at its end' };
}

export function postgresUrl(text: string): Parsed<string> {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !/^postgres(ql)?:$/.test(url.protocol)) {
    return { problem: 'must be a URL such as postgres://user:password@host:5432/database' };
  }
  return { value: text };
}

function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname);
}

export const positiveNumber: Parser<number> = (text) => {
  const value = Number(text);
  return Number.isFinite(value) && value > 0 ? { value } : { problem: 'must be a number above 0' };
};

export const flag: Parser<boolean> = (text) =>
  text === 'true' || text === 'false' ? { value: text === 'true' } : { problem: 'must be true or false' };
