import type { OwnedTemplate } from '../state/entities.ts';
import { bilingual, escapeHtml, htmlPage } from './html.ts';
import { html, type Page, type PageContext } from './page.ts';
import { templatePdf } from './template-pdf.ts';

/** `PreviewUrl`: says which template it is. There is no document behind a template of the emulator. */
export function templatePreview(query: URLSearchParams, context: PageContext): Page {
  const found = linkedTemplate(query, context);
  if ('page' in found) return found.page;
  const { TemplateId, TemplateName = TemplateId } = found.template;
  return html(
    200,
    htmlPage(
      `${TemplateName} · 模板预览 · Template preview`,
      [
        `<h1>${escapeHtml(TemplateName)}</h1>`,
        bilingual(
          'p',
          `这是本机模拟器的模板 <code>${escapeHtml(TemplateId)}</code>。真实页面会显示模板文件。`,
          `This is the template <code>${escapeHtml(TemplateId)}</code> of an emulator on this machine. The real page shows its document.`,
        ),
      ].join('\n'),
    ),
  );
}

/** `PdfUrl`: a document of one line. */
export function templateDocument(query: URLSearchParams, context: PageContext): Page {
  const found = linkedTemplate(query, context);
  if ('page' in found) return found.page;
  return { status: 200, contentType: 'application/pdf', body: templatePdf(found.template.TemplateId) };
}

/** The template that a link is for, or the page that says why there is none. */
function linkedTemplate(
  query: URLSearchParams,
  { world, nowS }: PageContext,
): { page: Page } | { template: OwnedTemplate['template'] } {
  const owned = world.templates.get(query.get('templateId') ?? '');
  if (owned === undefined) {
    const heading = bilingual('h1', '没有此模板', 'There is no such template');
    return { page: html(404, htmlPage('没有此模板 · No such template', heading)) };
  }
  if (nowS < Number(query.get('expiredTime'))) return { template: owned.template };
  const heading = bilingual('h1', '链接已过期', 'The link has expired');
  const text = bilingual('p', '模板链接有效期五分钟。', 'A link to a template lives for five minutes.');
  return { page: html(410, htmlPage('链接已过期 · Link expired', `${heading}\n${text}`)) };
}
