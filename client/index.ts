export type * from './actions.ts';
export type { ActionName, AnswerOf, CallOptions, Client, ClientOptions, RequestOf } from './create-client.ts';
export { createClient } from './create-client.ts';
export { type ProblemDocument, QianmaProblem, QianmaUnreachable } from './problem.ts';
