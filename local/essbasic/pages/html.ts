/** Text and attribute values as HTML. */
export function escapeHtml(text: string): string {
  const entities: Readonly<Record<string, string>> = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
    "'": '&#39;',
  };
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? character);
}

/** The same in both languages, one below the other. Both are HTML already. */
export function bilingual(element: string, zh: string, en: string): string {
  return `<${element}>${zh}</${element}>\n<${element} lang="en">${en}</${element}>`;
}

const style = `
:root { color-scheme: light dark; }
body { font: 1rem/1.6 system-ui, "PingFang SC", "Microsoft YaHei", sans-serif; max-width: 42rem; margin: 0 auto; padding: 1rem; }
h1 { font-size: 1.5rem; }
.state { border-inline-start: .3rem solid; padding-inline-start: .8rem; font-weight: 600; }
dt { font-weight: 600; margin-block-start: .6rem; }
dd { margin: 0; overflow-wrap: anywhere; }
img { background: #fff; max-width: 100%; height: auto; }
table { border-collapse: collapse; display: block; overflow-x: auto; }
caption { text-align: start; font-weight: 600; }
th, td { border: 1px solid; padding: .3rem .5rem; text-align: start; vertical-align: top; }
code { overflow-wrap: anywhere; }
`;

/** A whole page. It needs nothing from anywhere but the emulator itself. */
export function htmlPage(title: string, content: string): string {
  return `<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<style>${style}</style>
</head>
<body>
<main>
${content}
</main>
</body>
</html>
`;
}

/** Forbids a page everything that it does not need. */
export const contentSecurityPolicy =
  "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'";
