import type * as z from 'zod/mini';

/** Sorted paths of everything that a schema finds wrong; for an unknown member, the path of the member itself. */
export function problemPaths(schema: z.ZodMiniType, value: unknown): string[] {
  const { error } = schema.safeParse(value);
  const paths = (error?.issues ?? []).flatMap((issue) =>
    issue.code === 'unrecognized_keys' ? issue.keys.map((key) => [...issue.path, key]) : [issue.path],
  );
  return paths.map((path) => path.join('.')).sort();
}
