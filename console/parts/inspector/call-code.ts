/** A call of one of our functions as code. The key is a variable of the environment in each of them. */

export interface CodedCall {
  /** Absolute. */
  url: string;
  action: string;
  /** JSON. */
  body: string;
  idempotencyKey?: string;
}

export const codeLanguages = ['curl', 'JavaScript', 'Python', 'qianma'] as const;
export type CodeLanguage = (typeof codeLanguages)[number];

export function codeOf(language: CodeLanguage, call: CodedCall): string {
  return writers[language](call);
}

const writers: Readonly<Record<CodeLanguage, (call: CodedCall) => string>> = {
  curl({ url, body, idempotencyKey }) {
    const headers = ["-H 'Content-Type: application/json'"];
    if (idempotencyKey !== undefined) headers.push(`-H ${inShell(`Idempotency-Key: ${idempotencyKey}`)}`);
    return [
      `curl ${inShell(url)}`,
      '-H "Authorization: Bearer $API_KEY"',
      ...headers,
      `-d ${inShell(body)}`,
    ].join(' \\\n  ');
  },
  JavaScript({ url, action, body, idempotencyKey }) {
    const options = idempotencyKey === undefined ? '' : `, { idempotencyKey: '${idempotencyKey}' }`;
    return `import { createClient } from 'qianma-client';

const client = createClient({ baseUrl: '${baseOf(url, action)}', key: process.env['API_KEY'] ?? '' });
const answer = await client.call('${action}', ${indented(body)}${options});
console.log(answer);`;
  },
  Python({ url, body, idempotencyKey }) {
    const headers = [
      `    'Authorization': 'Bearer ' + os.environ['API_KEY'],`,
      `    'Content-Type': 'application/json',`,
      ...(idempotencyKey === undefined ? [] : [`    'Idempotency-Key': '${idempotencyKey}',`]),
    ];
    // A string of JSON is one of Python, too.
    return `import json, os, urllib.request

body = ${JSON.stringify(body)}
request = urllib.request.Request('${url}', body.encode(), {
${headers.join('\n')}
})
with urllib.request.urlopen(request) as answer:
    print(json.load(answer))`;
  },
  qianma({ url, action, body, idempotencyKey }) {
    const options = idempotencyKey === undefined ? '' : ` --idempotency-key ${inShell(idempotencyKey)}`;
    return `export QIANMA_URL=${inShell(baseOf(url, action))} QIANMA_KEY="$API_KEY"
npx qianma ${action} --json ${inShell(body)}${options}`;
  },
};

/** What no shell reads anything in. */
const inShell = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`;

/** What stands before the name of the function. */
const baseOf = (url: string, action: string) => url.replace(new RegExp(`/${action}$`), '');

const indented = (body: string) => JSON.stringify(JSON.parse(body), null, 2);
