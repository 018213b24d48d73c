/** Where a function is: by what the page has been told, else beside the console. */
export function functionUrl(name: string): string {
  return told()[name] ?? `/${name}`;
}

/** What a phone is shown at a stable link: beside the link, which behind one domain is beside the console. */
export function gateUrl(slug: string): string {
  return `${told()['stable-link'] ?? ''}/s/${slug}.json`;
}

function told(): Readonly<Record<string, string>> {
  const content = document.querySelector<HTMLMetaElement>('meta[name=functions]')?.content;
  // The function that serves the page has written it.
  return JSON.parse(content || '{}') as Record<string, string>;
}
