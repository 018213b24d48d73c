/** What `mutate.mjs` leaves alone: texts for people, which no rule depends on. */
const sentence = /\p{L}+ \p{L}+ \p{L}|\p{Script=Han}/u;

/** A sentence, or a text in both languages. */
function isText(node) {
  if (node.type === 'StringLiteral') return sentence.test(node.value);
  if (node.type === 'TemplateLiteral') return node.quasis.some(({ value }) => sentence.test(value.raw));
  if (node.type !== 'ObjectExpression') return false;
  const names = node.properties.map(({ key }) => key?.name);
  return names.length === 2 && names.includes('en') && names.includes('zh');
}

const texts = { shouldIgnore: ({ node }) => (isText(node) ? 'text for people' : undefined) };

export const strykerPlugins = [{ kind: 'Ignore', name: 'texts', value: texts }];
