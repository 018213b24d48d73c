import { jumpPageUrl } from '../actions/code-links.ts';
import { bilingual, contentSecurityPolicy, htmlPage } from './html.ts';
import { jumpPage } from './jump-page.ts';
import { html, type Page, type PageContext } from './page.ts';
import { qrPicture } from './qr-picture.ts';
import { templateDocument, templatePreview } from './template-page.ts';

/** Of every page, beside its type. */
export const pageHeaders = {
  'content-security-policy': contentSecurityPolicy,
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
};

/** The page at a path, or undefined where there is none. */
export function pageAt(path: string, query: URLSearchParams, context: PageContext): Page | undefined {
  if (path === '/h5/jump-mp.html') return jumpPage(query, context);
  if (path === '/h5/template-preview.html') return templatePreview(query, context);
  if (path === '/files/template.pdf') return templateDocument(query, context);
  if (path === '/bresource/resource/resource/0/0.PNG') {
    return picture(Buffer.from(query.get('hkey') ?? '', 'hex').toString(), context);
  }
  const [, QrCodeId] = /^\/imgs\/multiSignQrCodes\/QrCode\/([\w-]{1,64})\.png$/.exec(path) ?? [];
  return QrCodeId === undefined ? undefined : picture(QrCodeId, context);
}

/** The QR code of the page behind a code. In place of the mini-programme's round code stands the same one. */
function picture(QrCodeId: string, { world, baseUrl }: PageContext): Page {
  const code = world.codes.get(QrCodeId);
  if (code === undefined) {
    return html(
      404,
      htmlPage('没有此签署码 · No such code', bilingual('h1', '没有此签署码', 'There is no such code')),
    );
  }
  return {
    status: 200,
    contentType: 'image/png',
    body: qrPicture(jumpPageUrl(code, baseUrl)),
  };
}
