import { later } from '../parts/later.tsx';

/** For those who build on the API: few look at it, so that it costs the others nothing. */
export const ExplorerPage = later<{ path: readonly string[] }>(async () => {
  const { Explorer } = await import('../explorer/explorer.tsx');
  return Explorer;
});
