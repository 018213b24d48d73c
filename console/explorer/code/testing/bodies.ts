import * as fc from 'fast-check';
import { seed } from '../../../../shared/testing/cases.ts';

/** Each of them ends or changes a literal of some language. */
const troublesome = [
  `it's "odd": \\n \\u0041 \\\\ $HOME \${HOME} {$HOME} \`x\` %s %d #{x} @x`,
  `'''`,
  '"""',
  '`',
  ')json"',
  ')json',
  'JSON',
  '\nJSON\n',
  '\nJSON;\n',
  "'\\''",
  '?>',
  '*/ // <!-- <?php',
  '第二行 😀\r\n\t\0\b\u2028\u2029\u0085\ufeff\u007f',
  'ends with \\',
  'ends with "',
  "ends with '",
];

/** A request with every text above and many others, names of members among them. */
export function oddBody(): string {
  const texts = fc.sample(fc.string({ unit: 'binary', maxLength: 40 }), { seed, numRuns: 300 });
  const values = [...troublesome, ...texts, '', {}, [], [[]], { a: {} }, 0.5, -1e21, true, null];
  const members = Object.fromEntries(troublesome.map((text, index) => [text, index]));
  const text = JSON.stringify({ Values: values, Members: members, Number: 0 });
  return text.replace('"Number":0', '"Number":9007199254740993');
}
