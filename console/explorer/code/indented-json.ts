const token = /"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s"{}[\],:]+/g;

/**
 * JSON laid out in lines, with every name, text and number as it was written: numbers keep all their digits, which
 * `JSON.parse` would round. Between two quotation marks that belong together there is no line break, so that no line
 * begins or ends inside a text.
 */
export function indentedJson(json: string): string {
  let text = '';
  let depth = 0;
  let previous = '';
  const lineBreak = () => `\n${'  '.repeat(depth)}`;
  for (const [part] of json.matchAll(token)) {
    const closes = part === '}' || part === ']';
    if (closes) depth -= 1;
    const isFirst = previous === '{' || previous === '[';
    if (closes ? !isFirst : isFirst || previous === ',') text += lineBreak();
    text += part === ':' ? ': ' : part;
    if (part === '{' || part === '[') depth += 1;
    previous = part;
  }
  return text;
}
