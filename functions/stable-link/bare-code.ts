/** A path that asks for the QR code of a stable link. */
export interface BareCodeAsked {
  slug: string;
  format: 'svg' | 'png';
}

/** Undefined: the path asks for something else. */
export function bareCodeAsked(path: string): BareCodeAsked | undefined {
  const [, slug, format] = /\/([1-9A-HJ-NP-Za-km-z]{12})\.(svg|png)$/.exec(path) ?? [];
  return slug !== undefined && (format === 'svg' || format === 'png') ? { slug, format } : undefined;
}
