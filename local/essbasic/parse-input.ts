import type * as z from 'zod/mini';
import { Failure } from '../../shared/errors.ts';
import { violationsOf } from '../cloud-api/violation.ts';

/**
 * Input that keeps a schema.
 *
 * @throws {Failure} `InvalidRequest` with every problem, each with its path.
 */
export function parseInput<S extends z.ZodMiniType>(schema: S, value: unknown): z.output<S> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const problems = violationsOf(parsed.error.issues, value).map(({ path, text }) => ({
    path,
    message: text,
  }));
  throw new Failure('InvalidRequest', { detail: { zh: '输入有误', en: 'The input has problems' }, problems });
}
