import { addressOf, headerLineOf, type PastedRequest, withHost } from './pasted-request.ts';
import { shellWords } from './shell-words.ts';

/** Options whose value is part of the request, by what they say. */
const options: Readonly<Record<string, 'method' | 'header' | 'data' | 'raw' | 'json' | 'url'>> = {
  '-X': 'method',
  '--request': 'method',
  '-H': 'header',
  '--header': 'header',
  '-d': 'data',
  '--data': 'data',
  '--data-ascii': 'data',
  '--data-binary': 'raw',
  '--data-raw': 'raw',
  '--json': 'json',
  '--url': 'url',
};

/** Others that have a value, which must not be taken for the address. */
const otherValues =
  /^(-o|--output|-u|--user|-x|--proxy|-A|--user-agent|-b|--cookie|-e|--referer|-m|--max-time|--connect-timeout|--cacert|--cert|--key|--resolve|--retry|-w|--write-out)$/;

type Given = readonly [kind: (typeof options)[string], value: string];

/** A command line of curl; undefined where it is none. `@-` is what follows it as `<<EOF`; other files are not known. */
export function readCurl(text: string): PastedRequest | undefined {
  const { words, input } = shellWords(text.replace(/^[\s\S]*?(?=\bcurl\s)/, '')) ?? { words: [] };
  if (words[0] !== 'curl') return undefined;
  const given = givenOf(words.slice(1));
  const valuesOf = (kind: Given[0]) => given.filter(([one]) => one === kind).map(([, value]) => value);
  const { host, path, query } = addressOf(valuesOf('url')[0] ?? '');
  const data = given.filter(([kind]) => kind === 'data' || kind === 'raw' || kind === 'json');
  const parts = data.map(([kind, value]) => partOf(kind, value, input));
  const headers = valuesOf('header').flatMap((line) => {
    const header = headerLineOf(line);
    return header === undefined ? [] : [header];
  });
  const isKnown = parts.every((part) => part !== undefined);
  return {
    form: 'curl',
    method: valuesOf('method').at(-1) ?? (data.length > 0 ? 'POST' : 'GET'),
    path,
    query,
    headers: withHost(withType(headers, data), host),
    ...(isKnown && { body: parts.join('&') }),
  };
}

function givenOf(words: readonly string[]): Given[] {
  const given: Given[] = [];
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? '';
    // `-XPOST`, `--header=…`
    const [name, attached] = /^-[XHd]./.test(word)
      ? [word.slice(0, 2), word.slice(2)]
      : word.startsWith('--') && word.includes('=')
        ? [word.slice(0, word.indexOf('=')), word.slice(word.indexOf('=') + 1)]
        : [word];
    const kind = options[name];
    if (kind !== undefined) given.push([kind, attached ?? words[++at] ?? '']);
    else if (otherValues.test(word)) at += 1;
    else if (!word.startsWith('-')) given.push(['url', word]);
  }
  return given;
}

/** curl takes line breaks out of a file that it reads by `-d`, and out of no other. */
function partOf(kind: Given[0], value: string, input: string | undefined): string | undefined {
  if (!value.startsWith('@')) return value;
  if (value !== '@-' || input === undefined) return undefined;
  return kind === 'data' ? input.replace(/[\r\n]/g, '') : `${input}\n`;
}

/** What curl says of a body of which nobody says anything. */
function withType(headers: PastedRequest['headers'], data: readonly Given[]): PastedRequest['headers'] {
  const isSaid = headers.some(([name]) => name.toLowerCase() === 'content-type');
  if (isSaid || data.length === 0) return headers;
  const isJson = data.some(([kind]) => kind === 'json');
  return [...headers, ['Content-Type', isJson ? 'application/json' : 'application/x-www-form-urlencoded']];
}
