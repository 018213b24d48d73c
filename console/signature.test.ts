/** The page that says why a signature is not taken, in a browser: in both languages, and the key stays where it is. */
import type { Page, Request } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSigner } from '../shared/tc3/sign.ts';
import { findBarriers } from './testing/axe.ts';
import { type ConsoleRun, startConsole } from './testing/browser.ts';

let run: ConsoleRun;
beforeAll(async () => {
  run = await startConsole();
});
afterAll(() => run?.close());

const secretKey = 'secretkeythatnorequestcarries000';
const host = 'essbasic.tencentcloudapi.com';
const body = '{"FlowName":"入职合同","MaxFlowNum":5}';
const words = {
  zh: {
    page: '验签',
    request: '请求',
    key: 'SecretKey（可不填）',
    examine: '验算',
    right: '签名正确。',
    wrong: '签名不正确。',
    reserialised: /同一 JSON 的另一种写法/,
    own: /您的代码所构造的内容/,
    ownRequest: '您的规范请求',
    differs: '规范请求的第 4 行是第一处不同：',
    type: /许多 HTTP 库会加上 charset/,
    unreadable: /读不懂粘贴的内容/,
    codes: '签署码',
  },
  en: {
    page: 'Signatures',
    request: 'Request',
    key: 'SecretKey (may be left out)',
    examine: 'Examine',
    right: 'The signature is right.',
    wrong: 'The signature is wrong.',
    reserialised: /another spelling of the same JSON/,
    own: /What your code has built/,
    ownRequest: 'Your canonical request',
    differs: 'Line 4 of the canonical request is the first that differs:',
    type: /Many HTTP libraries add a charset/,
    unreadable: /What was pasted cannot be read/,
    codes: 'Codes',
  },
} as const;

/** A command as somebody copies it, signed now; what is sent may be another body than was signed. */
function curlOf(sent = body): string {
  const timestampS = Math.floor(Date.now() / 1000);
  const sign = createSigner({ secretId: 'AKIDofsomebody', secretKey }, 'essbasic');
  const authorization = sign({ host, contentType: 'application/json', body: Buffer.from(body), timestampS });
  return `curl https://${host}/ -H 'Authorization: ${authorization}' \\
  -H 'Content-Type: application/json' -H 'X-TC-Timestamp: ${timestampS}' \\
  -H 'X-TC-Action: DescribeTemplates' -H 'X-TC-Version: 2021-05-26' -d @- <<'JSON'
${sent}
JSON`;
}

/** Whatever a request carries, in one text. */
const carriedBy = (request: Request) =>
  JSON.stringify([request.url(), request.headers(), request.postData()]);

async function openSignatures(language: 'zh' | 'en') {
  const opened = await run.open({ language, key: run.platform.apiKey });
  const requests: Request[] = [];
  opened.page.on('request', (request) => requests.push(request));
  await opened.page.getByRole('link', { name: words[language].page }).click();
  await opened.page.getByRole('heading', { level: 1, name: 'TC3-HMAC-SHA256' }).waitFor();
  return { ...opened, carried: () => requests.map(carriedBy) };
}

async function examine(page: Page, language: 'zh' | 'en', pasted: string): Promise<void> {
  await page.getByLabel(words[language].request, { exact: true }).fill(pasted);
  await page.getByRole('button', { name: words[language].examine, exact: true }).click();
}

describe.each(['zh', 'en'] as const)('a signature, in %s,', (language) => {
  const said = words[language];

  it('is right, then broken on purpose: the mistake is named, and the key goes nowhere', async () => {
    const { page, complaints, carried, hosts } = await openSignatures(language);
    await page.getByLabel(said.key).fill(secretKey);
    await examine(page, language, curlOf());
    await page.getByText(said.right).waitFor();
    expect(await findBarriers(page)).toEqual([]);

    await examine(page, language, curlOf(JSON.stringify(JSON.parse(body), null, 2).replaceAll('\n', '')));
    await page.getByText(said.wrong).waitFor();
    await page.getByText(said.reserialised).waitFor();
    // The body as it was signed, in which there are no blanks.
    await page.getByText(body, { exact: true }).waitFor();
    expect(await findBarriers(page)).toEqual([]);

    const kept =
      'JSON.stringify([{ ...sessionStorage }, { ...localStorage }, document.cookie, location.href])';
    for (const where of [...carried(), String(await page.evaluate(kept)), run.platform.lines.join()]) {
      expect(where).not.toContain(secretKey);
      expect(where).not.toContain('AKIDofsomebody');
    }
    expect([...hosts]).toEqual([new URL(run.platform.url).host]);

    await page.getByRole('link', { name: said.codes, exact: true }).click();
    await page.getByRole('link', { name: said.page }).click();
    expect(await page.getByLabel(said.key).inputValue()).toBe('');
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it('has the first line named that differs from what somebody has built, without a key', async () => {
    const { page, complaints } = await openSignatures(language);
    await examine(page, language, curlOf());
    const canonical = await page.locator('.code-view pre').first().textContent();
    await page.getByText(said.own).click();
    const own = page.getByLabel(said.ownRequest);
    await own.fill((canonical ?? '').replace('application/json', 'application/json; charset=utf-8'));
    await page.getByRole('button', { name: said.examine, exact: true }).click();
    await page.getByText(said.differs).waitFor();
    await page.getByText('content-type:application/json; charset=utf-8', { exact: true }).waitFor();
    await page.getByText(said.type).waitFor();
    expect(await findBarriers(page)).toEqual([]);

    await examine(page, language, 'no request at all');
    await page.getByText(said.unreadable).waitFor();
    expect(complaints).toEqual([]);
    await page.context().close();
  });
});
