/** What a path asks for beside a stable link itself: its QR code, or what is shown there now, as data. */
export interface LinkFileAsked {
  slug: string;
  format: 'svg' | 'png' | 'json';
}

/** Undefined: the path asks for something else. */
export function linkFileAsked(path: string): LinkFileAsked | undefined {
  const [, slug, format] = /\/([1-9A-HJ-NP-Za-km-z]{12})\.(svg|png|json)$/.exec(path) ?? [];
  if (slug === undefined) return undefined;
  return format === 'svg' || format === 'png' || format === 'json' ? { slug, format } : undefined;
}
