import type { LinkReads } from '../../shared/codes/renewal/ports.ts';
import { bareCode, bareContentTypes } from '../../shared/poster/bare-code.ts';
import type { Answer, Download } from '../../shared/runtime/http/http-handler.ts';
import type { Language } from '../../shared/text.ts';
import type { BareCodeAsked } from './bare-code.ts';
import { unknownPage } from './page.ts';

interface Asking {
  readonly config: { readonly PUBLIC_BASE_URL: string };
  readonly language: Language;
}

/** The picture of a link that there is, whatever state its code is in: the link stays the same. */
export async function showBareCode(
  { slug, format }: BareCodeAsked,
  register: Pick<LinkReads, 'followed'>,
  { config, language }: Asking,
): Promise<Answer | Download> {
  if ((await register.followed(slug)) === undefined) return { status: 404, ...unknownPage(language) };
  return {
    status: 200,
    headers: {
      'Content-Type': bareContentTypes[format],
      'Content-Disposition': `inline; filename="${slug}.${format}"`,
      // It may stand in any page, and does not change.
      'Cross-Origin-Resource-Policy': 'cross-origin',
      'Cache-Control': 'public, max-age=3600',
    },
    body: bareCode(`${config.PUBLIC_BASE_URL}/s/${slug}`, format),
  };
}
