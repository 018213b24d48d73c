import { signal } from '@preact/signals';

/** Where in the console one is, by the part of the address that no server sees. */
export interface Route {
  /** The page: `codes`, `codes/<CodeId>`, … */
  path: readonly string[];
  query: URLSearchParams;
}

export const route = signal<Route>(readRoute());

function readRoute(): Route {
  const [path = '', query = ''] = location.hash.replace(/^#\/?/, '').split('?');
  const parts = path.split('/').filter((part) => part !== '');
  return { path: parts.map(decoded), query: new URLSearchParams(query) };
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    // A `%` that begins no escape: somebody has written the address by hand.
    return part;
  }
}

export function followAddress(): void {
  addEventListener('hashchange', () => {
    route.value = readRoute();
    document.getElementById('page')?.focus();
    scrollTo(0, 0);
  });
}

/** The address of a page, for links. Members that are empty are left out. */
export function hrefOf(path: readonly string[], query: Readonly<Record<string, string>> = {}): string {
  const given = Object.entries(query).filter(([, value]) => value !== '');
  const text = new URLSearchParams(given).toString();
  return `#/${path.map(encodeURIComponent).join('/')}${text === '' ? '' : `?${text}`}`;
}

/** Notes in the address what a page shows, so that a reload and the way back show it again; the page stays. */
export function noteQuery(query: Readonly<Record<string, string>>): void {
  const { path } = route.peek();
  history.replaceState(null, '', hrefOf(path, query));
  route.value = readRoute();
}
