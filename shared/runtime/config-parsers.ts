import { inBoth, type Text } from '../text.ts';

/** A value of the environment that was read, or what is wrong with it: a sentence without the value. */
export type Parsed<T> = { value: T } | { problem: Text };

export type Parser<T> = (text: string) => Parsed<T>;

/** Ids, keys and tokens: visible ASCII. A blank inside comes from copying two things at once. */
export function printable(text: string): Parsed<string> {
  return /^[\x21-\x7e]+$/.test(text)
    ? { value: text }
    : { problem: { zh: '含有可见 ASCII 以外的字符', en: 'has characters other than visible ASCII' } };
}

/** An id that stands in a header between commas and slashes. */
export function headerId(text: string): Parsed<string> {
  return /[,/]/.test(text)
    ? { problem: { zh: '不能含有逗号或斜杠', en: 'must not hold a comma or slash' } }
    : printable(text);
}

/** One of the words, to the letter. */
export function oneOf<Word extends string>(...words: readonly Word[]): Parser<Word> {
  return (text) => {
    const value = words.find((word) => word === text);
    return value === undefined
      ? { problem: { zh: `应为 ${words.join(' 或 ')}`, en: `must be ${words.join(' or ')}` } }
      : { value };
  };
}

/** Items between commas, none of them empty. */
export function listOf(parseItem: Parser<string>): Parser<readonly string[]> {
  return (text) => {
    const items = text.split(',').map((item) => item.trim());
    const results = items.map((item) =>
      item === '' ? { problem: { zh: '为空', en: 'is empty' } } : parseItem(item),
    );
    const problems = results.flatMap((result, index) =>
      'problem' in result
        ? [items.length === 1 ? result.problem : itemProblem(index + 1, result.problem)]
        : [],
    );
    if (problems.length > 0) {
      return { problem: inBoth((language) => problems.map((one) => one[language]).join(', ')) };
    }
    return { value: results.flatMap((result) => ('value' in result ? [result.value] : [])) };
  };
}

function itemProblem(number: number, problem: Text): Text {
  return { zh: `第 ${number} 项${problem.zh}`, en: `item ${number} ${problem.en}` };
}

/**
 * `<Function>=<URL>` between commas: the functions by their names. Where a URL with a `*` comes first, the others fill
 * it in: addresses of many functions differ in a few characters, and SCF gives 4 KB for the whole environment.
 */
export function functionUrls(text: string): Parsed<Readonly<Record<string, string>>> {
  const parseUrl = webUrl({ path: true });
  const items = text.split(',').map((item) => item.trim());
  const [first = ''] = items;
  const pattern = first.includes('*') && !first.includes('=') ? first : undefined;
  const pairs = items.map((item, index): Parsed<readonly (readonly [string, string])[]> => {
    if (index === 0 && pattern !== undefined) return { value: [] };
    const [, name, given = ''] = /^([A-Za-z][\w-]*)=(.+)$/.exec(item) ?? [];
    if (name === undefined) return { problem: itemProblem(index + 1, noPair) };
    const url = parseUrl(pattern?.replace('*', () => given) ?? given);
    return 'problem' in url
      ? { problem: itemProblem(index + 1, url.problem) }
      : { value: [[name, url.value]] };
  });
  const problems = pairs.flatMap((pair) => ('problem' in pair ? [pair.problem] : []));
  if (problems.length > 0) {
    return { problem: inBoth((language) => problems.map((one) => one[language]).join(', ')) };
  }
  return { value: Object.fromEntries(pairs.flatMap((pair) => ('value' in pair ? pair.value : []))) };
}

const noPair = { zh: '应为 <函数>=<地址>', en: 'must be <Function>=<URL>' };

/** AES-256 takes the 32 characters as they are, so they must be 32 bytes too. */
export function callbackKey(text: string): Parsed<string> {
  if (text.length !== 32)
    return {
      problem: {
        zh: `应为 32 个字符，实为 ${text.length} 个`,
        en: `must have 32 characters and has ${text.length}`,
      },
    };
  return printable(text);
}

export function sha256Hex(text: string): Parsed<string> {
  const hash = text.toLowerCase();
  return /^[\da-f]{64}$/.test(hash)
    ? { value: hash }
    : { problem: { zh: '应为 64 位十六进制的 SHA-256', en: 'must be a SHA-256 in 64 hexadecimal digits' } };
}

/** What we add to a base URL must fit into the 1000 characters of a `CallbackUrl`. */
const longestUrl = 900;

/** An origin or, with `path`, a base URL without a slash at its end. */
export function webUrl({
  path,
  plainInPrivateNetwork = false,
}: {
  path: boolean;
  /** May it begin with http:// where its host is an IPv4 address of a private network, as loopback may? */
  plainInPrivateNetwork?: boolean;
}): Parser<string> {
  return (text) => {
    const url = URL.canParse(text) ? new URL(text) : undefined;
    if (url === undefined) return { problem: { zh: '不是网址（URL）', en: 'is not a URL' } };
    if (text.length > longestUrl)
      return { problem: { zh: `超过 ${longestUrl} 个字符`, en: `has more than ${longestUrl} characters` } };
    const mayBePlain = isLoopback(url.hostname) || (plainInPrivateNetwork && isPrivate(url.hostname));
    if (url.protocol !== 'https:' && !(url.protocol === 'http:' && mayBePlain)) {
      return {
        problem: {
          zh: '应以 https:// 开头（http:// 仅限 127.0.0.1、[::1] 与 localhost）',
          en: 'must begin with https:// (http:// is for 127.0.0.1, [::1] and localhost)',
        },
      };
    }
    if (url.username !== '' || url.password !== '')
      return { problem: { zh: '不能带用户名或密码', en: 'must not hold a user or password' } };
    if (url.search !== '' || url.hash !== '')
      return { problem: { zh: '不能带查询串或片段', en: 'must not have a query or fragment' } };
    if (!path && url.pathname !== '/') return { problem: { zh: '不能带路径', en: 'must not have a path' } };
    return { value: `${url.origin}${url.pathname}`.replace(/\/+$/, '') };
  };
}

/** What a browser sends as `Origin`. */
export function origin(text: string): Parsed<string> {
  if (text === '*')
    return {
      problem: {
        zh: '须逐一列出来源：* 会向所有网页开放接口',
        en: 'must name each origin, as * would open the API to every web page',
      },
    };
  const url = URL.canParse(text) ? new URL(text) : undefined;
  return url !== undefined && /^https?:$/.test(url.protocol) && url.origin === text
    ? { value: text }
    : {
        problem: {
          zh: '应为来源，如 https://app.example.com，不带路径，末尾不带斜杠',
          en: 'must be an origin such as https://app.example.com, without a path or slash at its end',
        },
      };
}

export function postgresUrl(text: string): Parsed<string> {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !/^postgres(ql)?:$/.test(url.protocol)) {
    return {
      problem: {
        zh: '应形如 postgres://user:password@host:5432/database，密码中的 ? # / @ : % 须做百分号编码',
        en: 'must be a URL such as postgres://user:password@host:5432/database, in which ? # / @ : % of the password must be percent-encoded',
      },
    };
  }
  return { value: text };
}

/** A host that is this machine itself. */
export function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname);
}

/** An IPv4 address that no router of the internet knows: RFC 1918. */
export function isPrivate(hostname: string): boolean {
  return /^(10\.\d{1,3}|172\.(1[6-9]|2\d|3[01])|192\.168)(\.\d{1,3}){2}$/.test(hostname);
}

export const positiveNumber: Parser<number> = (text) => {
  const value = Number(text);
  return Number.isFinite(value) && value > 0
    ? { value }
    : { problem: { zh: '应为大于 0 的数', en: 'must be a number above 0' } };
};

export const flag: Parser<boolean> = (text) =>
  text === 'true' || text === 'false'
    ? { value: text === 'true' }
    : { problem: { zh: '应为 true 或 false', en: 'must be true or false' } };
