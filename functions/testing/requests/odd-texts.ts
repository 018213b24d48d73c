/** Texts that JSON can carry and that are kept: what a database, a log, a header or a page may stumble over. */
import fc from 'fast-check';

/** Written whole, as they are harmless character by character. */
const phrases = [
  ' ',
  '　劳务 合同　',
  'line\nbreak\r\nand\ttab',
  '\u2028line\u2029paragraph\u0085next',
  'e\u0301 and é, ﬁ and fi, Ａ and A, ㎏',
  '\u202eright to left\u202c \u200bjoined\u200d\ufeff',
  '👩‍👩‍👧‍👦🏳️‍🌈',
  '𠮷野家 龘 㐂',
  'สวัสดี हिन्दी עִבְרִית',
  'Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A̴̵̜̰͔ͫ͗͢L̠ͨͧͩ͘',
  "'; drop table codes; --",
  '{"a":1} [2] {1,2} "quoted" \\ \\\\ \\N \\u0000 \\x00',
  '%s %d %00 %E4%BD $1 $& {{x}} {name} :id ?',
  '<b>&amp;</b> <!-- <script>',
  'NULL',
  'null',
  'true',
  '0',
  '-1e5',
  '__proto__',
  'constructor',
  '../../etc',
  '\u007f\u0080\u009f\u00ad',
  '\ue000\uffff\ufffe\u{10ffff}',
] as const;

/** Code points by the ranges in which something else begins; no half characters, no U+0000, no U+FFFD. */
const characters = fc.oneof(
  fc.integer({ min: 0x20, max: 0x7e }),
  fc.integer({ min: 0x01, max: 0x1f }),
  fc.integer({ min: 0x7f, max: 0x2ff }),
  fc.integer({ min: 0x300, max: 0x36f }),
  fc.integer({ min: 0x2000, max: 0x206f }),
  fc.integer({ min: 0x4e00, max: 0x9fff }),
  fc.integer({ min: 0xe000, max: 0xfffc }),
  fc.integer({ min: 0xfffe, max: 0x10ffff }),
);
const character = characters.map((point) => String.fromCodePoint(point));

/** A text of so many code points. */
export function oddText(min: number, max: number): fc.Arbitrary<string> {
  const fits = (text: string) => [...text].length >= min && [...text].length <= max;
  const written = phrases.filter(fits);
  const drawn = fc.string({ unit: character, minLength: min, maxLength: Math.min(max, min + 40) });
  // As long as it may be: where a limit is counted in another unit, this is refused or cut.
  const longest = fc.constantFrom('字', '𠮷', 'a', '\n', 'é').map((one) => one.repeat(Math.min(max, 2_000)));
  return fc.oneof(
    { arbitrary: drawn, weight: 6 },
    ...(written.length > 0 ? [{ arbitrary: fc.constantFrom(...written), weight: 5 }] : []),
    { arbitrary: longest, weight: 1 },
  );
}
