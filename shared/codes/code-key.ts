import type { CodeKey } from './ports.ts';

/** The id that a request gives, of the three that people have of a code. The schema has seen to it that it is one. */
export function codeKeyOf(ids: {
  readonly CodeId?: string | undefined;
  readonly QrCodeId?: string | undefined;
  readonly Slug?: string | undefined;
}): CodeKey {
  if (ids.CodeId !== undefined) return { by: 'CodeId', value: ids.CodeId };
  if (ids.QrCodeId !== undefined) return { by: 'QrCodeId', value: ids.QrCodeId };
  return { by: 'Slug', value: ids.Slug ?? '' };
}
