/** Holds requests and answers against `docs/openapi.json`, as anybody would who reads it. */
import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';

const id = 'openapi';
let ajv: Ajv2020 | undefined;

function contract(): Ajv2020 {
  // The document as a whole is no schema: what is not of JSON Schema is passed over.
  ajv ??= new Ajv2020({ strict: false, validateFormats: false, allErrors: true }).addSchema(
    JSON.parse(readFileSync('docs/openapi.json', 'utf8')),
    id,
  );
  return ajv;
}

/** What a value has that the schema at this place of the document does not allow; empty: nothing. */
function problemsOf(place: readonly string[], value: unknown): string[] {
  const pointer = place.map((step) => step.replaceAll('~', '~0').replaceAll('/', '~1')).join('/');
  const validate = contract().getSchema(`${id}#/${pointer}`);
  if (validate === undefined) return [`the contract has no ${pointer}`];
  if (validate(value) === true) return [];
  return (validate.errors ?? []).map(({ instancePath, message, params }) =>
    [instancePath, message, JSON.stringify(params)].join(' '),
  );
}

/** What is wrong with an answer of an action: with a problem document as with a success. */
function answerProblems(action: string, status: number, answer: unknown): string[] {
  if (status !== 200) return problemsOf(['components', 'schemas', 'Problem'], answer);
  const content = ['paths', `/${action}`, 'post', 'responses', '200', 'content', 'application/json'];
  return problemsOf([...content, 'schema'], answer);
}

/** What is wrong with the body of a request. */
export function requestProblems(action: string, body: unknown): string[] {
  return problemsOf(
    ['paths', `/${action}`, 'post', 'requestBody', 'content', 'application/json', 'schema'],
    body,
  );
}

/** @throws Error with all that is wrong with the answer of an action */
export function requireContract(action: string, status: number, answer: unknown): void {
  const problems = answerProblems(action, status, answer);
  if (problems.length > 0) throw new Error(`${action} answers against its contract: ${problems.join('; ')}`);
}
