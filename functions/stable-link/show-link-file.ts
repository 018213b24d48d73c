import { type LookPorts, lookAtLink } from '../../shared/codes/renewal/follow-link.ts';
import { bareCode, bareContentTypes } from '../../shared/poster/bare-code.ts';
import type { Answer, Download } from '../../shared/runtime/http/http-handler.ts';
import type { Language } from '../../shared/text.ts';
import type { LinkFileAsked } from './link-file.ts';
import { unknownPage } from './page.ts';
import { preview } from './preview.ts';

interface Asking {
  readonly config: { readonly PUBLIC_BASE_URL: string };
  readonly language: Language;
}

/** What there is beside a link, whatever state its code is in. */
export async function showLinkFile(
  { slug, format }: LinkFileAsked,
  ports: LookPorts,
  { config, language }: Asking,
): Promise<Answer | Download> {
  const followed = await lookAtLink(ports, slug);
  if (format === 'json') return preview(followed);
  if (followed.kind === 'unknown') return { status: 404, ...unknownPage(language) };
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
