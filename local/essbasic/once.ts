/**
 * Makes a value when it is first asked for. For schemas that a call of the API does not need: building all of them takes
 * longer than all else that a start does.
 */
export function once<T>(make: () => T): () => T {
  let made: { value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
