/**
 * Texts as literals of languages. Of JSON one may write any character inside a text as `\u…` without changing its
 * meaning: that is how whatever would end a literal early is kept out of it.
 */

/** Between single quotation marks of a shell, where nothing is read but the mark itself. */
export const inShell = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`;

/** Between double quotation marks as C, C++, C#, Java and Go read it. For hosts and names, which are ASCII. */
export const inDoubleQuotes = (text: string) => JSON.stringify(text);

/** Between single quotation marks as JavaScript, Python and PHP read it. For hosts and names, which have one line. */
export const inSingleQuotes = (text: string) => `'${text.replace(/[\\']/g, '\\$&')}'`;

/** The JSON with every occurrence of a text written so that its first character is an escape. */
export const without = (text: string, json: string) =>
  json.replaceAll(text, `\\u${text.charCodeAt(0).toString(16).padStart(4, '0')}${text.slice(1)}`);
