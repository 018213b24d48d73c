import { pictureUrl } from '../actions/code-links.ts';
import { codeStatus, deaths } from '../state/code-status.ts';
import type { SignCode } from '../state/entities.ts';
import { organisationKey } from '../state/world.ts';
import { bilingual, escapeHtml, htmlPage } from './html.ts';
import { html, type Page, type PageContext } from './page.ts';

/** What a person who scans a code sees here: what it stands for, and what the real page would do. */
export function jumpPage(query: URLSearchParams, context: PageContext): Page {
  const code = context.world.codes.get(query.get('qrCodeId') ?? '');
  if (code === undefined) return html(404, unknownCode());
  return html(200, knownCode(code, context));
}

function unknownCode(): string {
  const heading = bilingual('h1', '没有此签署码', 'There is no such code');
  const text = bilingual(
    'p',
    '模拟器不认识这个签署码：链接有误，或模拟器重启后丢失了数据。',
    'The emulator does not know this code: the link is wrong, or the emulator was restarted and forgot it.',
  );
  return htmlPage('没有此签署码 · No such code', `${heading}\n${text}`);
}

function knownCode(code: SignCode, { world, nowS }: PageContext): string {
  const name = escapeHtml(code.QrCodeName);
  const template = world.templates.get(code.TemplateId)?.template;
  const quota = world.organisations.get(organisationKey(code))?.quota ?? 0;
  const facts: readonly (readonly [string, string, string])[] = [
    ['签署码名称', 'Name', name],
    ['合同名称', 'Name of the contracts', escapeHtml(code.FlowName)],
    [
      '合同模板',
      'Template',
      escapeHtml(`${template?.TemplateName ?? '（已删除 deleted）'} ${code.TemplateId}`),
    ],
    ['企业', 'Organisation', escapeHtml(code.ProxyOrganizationOpenId)],
    ['已发起 / 上限（份）', 'Contracts started / maximum', `${code.used} / ${code.maxFlowNum}`],
    ['截止时间', 'Ends at', timeOf(code.expiresAtS)],
    ['模拟器当前时间', 'Time of the emulator', timeOf(nowS)],
    ['企业剩余合同额度', 'Contracts that the organisation has left', String(quota)],
    ['指定签署人', 'Open to', audienceOf(code)],
    ['QrCodeId', 'QrCodeId', `<code>${escapeHtml(code.QrCodeId)}</code>`],
  ];
  return htmlPage(
    `${code.QrCodeName} · 签署码 · Sign code`,
    [
      `<h1>${name}</h1>`,
      stateOf(code, nowS),
      bilingual(
        'p',
        '这是本机模拟器的页面，不会产生真实合同。真实页面会唤起腾讯电子签小程序：扫码人实名、填写信息，然后签署一份以该模板发起的合同。',
        'This page is of an emulator on this machine; no real contract comes of it. The real page opens the mini-programme of Tencent e-sign: a person who scans proves who they are, fills in their details, and signs a contract made from the template.',
      ),
      `<dl>\n${facts.map(([zh, en, value]) => fact(zh, en, value)).join('\n')}\n</dl>`,
      `<p><img src="${escapeHtml(pictureUrl(code, ''))}" alt="${name} 的二维码 QR code" width="300"></p>`,
    ].join('\n'),
  );
}

function fact(zh: string, en: string, value: string): string {
  const label = zh === en ? zh : `${zh} · <span lang="en">${en}</span>`;
  return `<dt>${label}</dt><dd>${value}</dd>`;
}

function stateOf(code: SignCode, nowS: number): string {
  const status = codeStatus(code, nowS);
  if (status === 'alive')
    return '<p class="state">有效，可以扫码签署 · <span lang="en">Alive: it can be scanned</span></p>';
  const { zh, en } = deaths[status];
  return `<p class="state">已失效：${zh} · <span lang="en">Dead: ${en}</span></p>`;
}

/** How many, and not who. */
function audienceOf({ restrictions }: SignCode): string {
  if (restrictions.length === 0) return '任何人 · <span lang="en">all people</span>';
  return `${restrictions.length} 人 · <span lang="en">${restrictions.length} people</span>`;
}

/** Beijing time, in which upstream's users live, written by hand: the code is not to depend on the data of the system. */
function timeOf(atS: number): string {
  const beijing = new Date((atS + 8 * 3600) * 1000).toISOString();
  return `<time datetime="${beijing.slice(0, 19)}+08:00">${beijing.slice(0, 10)} ${beijing.slice(11, 19)} UTC+8</time>`;
}
