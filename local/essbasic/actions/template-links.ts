/** Links to a template live for five minutes, as documented. */
const lifeS = 300;

const query = (TemplateId: string, nowS: number) =>
  `templateId=${encodeURIComponent(TemplateId)}&expiredTime=${nowS + lifeS}`;

export function previewUrl(TemplateId: string, baseUrl: string, nowS: number): string {
  return `${baseUrl}/h5/template-preview.html?${query(TemplateId, nowS)}`;
}

export function pdfUrl(TemplateId: string, baseUrl: string, nowS: number): string {
  return `${baseUrl}/files/template.pdf?${query(TemplateId, nowS)}`;
}
