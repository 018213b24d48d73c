/** Names with these prefixes are refused by the platform (`InvalidParameterValue.EnvironmentSystemProtect`). */
export const reservedPrefixes = ['SCF_', 'QCLOUD_', 'TENCENTCLOUD_'] as const;

/** What the platform refuses to store with a function (`InvalidParameterValue.EnvironmentExceededLimit`). */
export const environmentLimitBytes = 4096;

/** Those of the names that have a value. */
export function ownEnvironment(
  { environment }: { environment: readonly string[] },
  values: Readonly<Record<string, string | undefined>>,
): Record<string, string> {
  return Object.fromEntries(
    environment.flatMap((name) => {
      const value = values[name];
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

/** Names and values together, which is how the limit is assumed to be counted. */
export function environmentBytes(environment: Readonly<Record<string, string>>): number {
  return Object.entries(environment).reduce(
    (sum, [name, value]) => sum + Buffer.byteLength(name) + Buffer.byteLength(value),
    0,
  );
}
