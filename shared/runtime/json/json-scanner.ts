import type { Text } from '../../text.ts';

/** Something in a JSON text that `JSON.parse` does not report. */
export interface Finding {
  path: readonly PropertyKey[];
  text: Text;
}

/** How deep objects and arrays may nest. Real requests stay below ten. */
export const maxDepth = 32;
/** What is found beyond these is not listed: it is one text, to be corrected as a whole. */
export const maxFindings = 20;

/** The text is no JSON, or goes too deep to be read on. */
export class JsonFault extends Error {
  readonly finding: Finding;

  constructor(finding: Finding) {
    super(finding.text.en);
    this.finding = finding;
  }
}

const texts = {
  duplicate: { zh: '键重复', en: 'is given twice' },
  prototype: { zh: '键名不允许', en: 'is a name that is not allowed' },
  imprecise: {
    zh: '数字超出 ±(2^53 − 1)，会失去精度',
    en: 'is a number beyond ±(2^53 − 1) and would lose precision',
  },
  nul: { zh: '含有空字符（U+0000）', en: 'has the character U+0000, which cannot be stored' },
  half: { zh: '含有不完整的字符', en: 'has half a character (a lone surrogate)' },
  lost: {
    zh: '含有 U+FFFD：文字发送前已非 UTF-8，字符已丢失',
    en: 'has the character U+FFFD: the text was not UTF-8 on its way here, and its characters are lost',
  },
  deep: { zh: `嵌套超过 ${maxDepth} 层`, en: `nests deeper than ${maxDepth} levels` },
} as const satisfies Record<string, Text>;

/** An object or array that is open. */
interface Frame {
  /** Names seen so far; undefined in an array. */
  names: Set<string> | undefined;
  /** Name or index of the current value; undefined before the first name. */
  step: string | number | undefined;
}

// The tokens of RFC 8259. Sticky: each matches where the last one ended.
const space = /[ \t\n\r]*/y;
const escaped = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;
const number = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const word = /true|false|null/y;

/** What a literal must hold to have such a character. A raw one below U+0020 is no JSON, half a character no UTF-8. */
const suspicious = /\ufffd|\\u(?:0000|[dD][89a-fA-F]|[fF]{3}[dD])/;

const quote = 0x22;
const backslash = 0x5c;
const firstPrintable = 0x20;

/**
 * Reads a JSON text once, without building its values and without recursion, and reports what makes it unfit: names
 * given twice, `__proto__`, numbers that are not kept exactly, characters that cannot be kept or were lost on the way.
 *
 * @throws JsonFault where the text is no JSON, with line and column, or nests deeper than {@link maxDepth}.
 */
export function scanJson(text: string): Finding[] {
  const scanner = new Scanner(text);
  scanner.scan();
  return scanner.findings;
}

/** What a literal says: escapes are resolved, "\u0061" and "a" are the same name. */
function unquoted(literal: string): string {
  return literal.includes('\\') ? String(JSON.parse(literal)) : literal.slice(1, -1);
}

class Scanner {
  readonly findings: Finding[] = [];
  readonly #text: string;
  readonly #frames: Frame[] = [];
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  scan(): void {
    do this.#takeValue();
    while (this.#moveOn());
    this.#take(space);
    if (this.#at < this.#text.length) throw this.#fault();
  }

  /** A scalar, or everything up to and with the first scalar or empty container inside. */
  #takeValue(): void {
    for (;;) {
      if (this.#takeIf('{')) {
        if (this.#opens(new Set(), '}')) return;
        this.#takeName();
      } else if (this.#takeIf('[')) {
        if (this.#opens(undefined, ']')) return;
      } else {
        this.#takeScalar();
        return;
      }
    }
  }

  /** True when the container is empty, and therefore complete. */
  #opens(names: Set<string> | undefined, closing: string): boolean {
    if (this.#frames.length === maxDepth) throw new JsonFault({ path: this.#path(), text: texts.deep });
    if (this.#takeIf(closing)) return true;
    this.#frames.push({ names, step: names === undefined ? 0 : undefined });
    return false;
  }

  #takeScalar(): void {
    const text = this.#takeString();
    if (text !== '') this.#judge(text);
    if (text !== '' || this.#take(word) !== '') return;
    const literal = this.#take(number);
    if (literal === '') throw this.#fault();
    if (Math.abs(Number(literal)) > Number.MAX_SAFE_INTEGER) this.#report(texts.imprecise);
  }

  /** After a complete value: to the next one, leaving what it completes. False at the end of the document. */
  #moveOn(): boolean {
    for (let frame = this.#frames.at(-1); frame !== undefined; frame = this.#frames.at(-1)) {
      if (this.#takeIf(',')) {
        if (typeof frame.step === 'number') frame.step += 1;
        else this.#takeName();
        return true;
      }
      if (!this.#takeIf(frame.names === undefined ? ']' : '}')) throw this.#fault();
      this.#frames.pop();
    }
    return false;
  }

  #takeName(): void {
    this.#take(space);
    const literal = this.#takeString();
    const frame = this.#frames.at(-1);
    if (literal === '' || frame === undefined) throw this.#fault();
    const name = unquoted(literal);
    frame.step = name;
    this.#judge(literal);
    if (name === '__proto__') this.#report(texts.prototype);
    if (frame.names?.has(name)) this.#report(texts.duplicate);
    frame.names?.add(name);
    if (!this.#takeIf(':')) throw this.#fault();
  }

  /** Reports characters that cannot be stored, or stand where others were lost. */
  #judge(literal: string): void {
    if (!suspicious.test(literal)) return;
    const text = unquoted(literal);
    if (text.includes('\0')) this.#report(texts.nul);
    if (/\p{Surrogate}/u.test(text)) this.#report(texts.half);
    if (text.includes('\ufffd')) this.#report(texts.lost);
  }

  /** The literal with its quotes, or nothing. By hand, as one expression for it overflows the stack on a long string. */
  #takeString(): string {
    const start = this.#at;
    if (this.#text.charCodeAt(start) !== quote) return '';
    this.#at += 1;
    for (;;) {
      const unit = this.#text.charCodeAt(this.#at);
      if (unit === backslash) {
        if (this.#take(escaped) === '') throw this.#fault();
      } else if (unit === quote) {
        this.#at += 1;
        return this.#text.slice(start, this.#at);
      } else if (unit >= firstPrintable) {
        this.#at += 1;
      } else {
        throw this.#fault();
      }
    }
  }

  #takeIf(character: string): boolean {
    this.#take(space);
    if (this.#text[this.#at] !== character) return false;
    this.#at += 1;
    return true;
  }

  #take(token: RegExp): string {
    token.lastIndex = this.#at;
    const taken = token.exec(this.#text)?.[0] ?? '';
    this.#at += taken.length;
    return taken;
  }

  #path(): PropertyKey[] {
    return this.#frames.flatMap(({ step }) => (step === undefined ? [] : [step]));
  }

  #report(text: Text): void {
    if (this.findings.length < maxFindings) this.findings.push({ path: this.#path(), text });
  }

  #fault(): JsonFault {
    const before = this.#text.slice(0, this.#at).split('\n');
    const line = before.length;
    const column = (before.at(-1)?.length ?? 0) + 1;
    const ended = this.#at >= this.#text.length;
    return new JsonFault({
      path: this.#path(),
      text: ended
        ? { zh: 'JSON 不完整', en: 'is JSON that ends too early' }
        : {
            zh: `第 ${line} 行第 ${column} 列不符合 JSON 语法`,
            en: `is not JSON at line ${line}, column ${column}`,
          },
    });
  }
}
