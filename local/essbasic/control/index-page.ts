import { bilingual, escapeHtml, htmlPage } from '../pages/html.ts';
import { seedFacts } from '../seeds/seed-facts.ts';
import { controlPrefix } from './control-route.ts';
import { controlRoutes } from './control-routes.ts';

/** What the emulator is, what its control plane can do, and what it is seeded with. */
export function indexPage(): string {
  return htmlPage(
    'essbasic 模拟器 · essbasic emulator',
    [
      bilingual('h1', '腾讯电子签 essbasic 模拟器', 'An emulator of Tencent e-sign essbasic'),
      bilingual(
        'p',
        'API 在本服务的根路径，签名为 TC3-HMAC-SHA256、HmacSHA256 或 HmacSHA1，以 POST 或 GET 调用。模拟了什么、如何触发每个错误码、有哪些假定，见 local/essbasic/COVERAGE.md。',
        'The API is at the root of this server; call it by POST or GET, signed with TC3-HMAC-SHA256, HmacSHA256 or HmacSHA1. What is emulated, how to provoke each error code, and what is assumed stands in local/essbasic/COVERAGE.md.',
      ),
      table(
        '初始数据 · Seeds',
        ['名称 Name', '值 Value'],
        seedFacts.map(({ zh, en, value }) => [`${zh} · ${en}`, value]),
      ),
      table(
        '控制面 · Control plane',
        ['路径 Route', '说明', 'Description', '示例 Example'],
        controlRoutes.map(({ method, path, summary, example = '' }) => [
          `${method} ${controlPrefix}/${path}`,
          summary.zh,
          summary.en,
          example,
        ]),
      ),
    ].join('\n'),
  );
}

function table(caption: string, headings: readonly string[], rows: readonly (readonly string[])[]): string {
  const head = headings.map((heading) => `<th scope="col">${escapeHtml(heading)}</th>`).join('');
  const body = rows.map(([first = '', ...rest]) => {
    const cells = rest.map((cell) => `<td>${escapeHtml(cell)}</td>`).join('');
    return `<tr><th scope="row"><code>${escapeHtml(first)}</code></th>${cells}</tr>`;
  });
  return `<table><caption>${escapeHtml(caption)}</caption><thead><tr>${head}</tr></thead>\n<tbody>${body.join('\n')}</tbody></table>`;
}
