/** A labour agency after nine days with qianma, for pictures: made-up gates, and the people who came to them. */
import type { Product } from '../../local/start/testing/product.ts';
import type { Language } from '../../shared/text.ts';

const owner = 'proxy-org-openid';
const Agent = { ProxyOrganizationOpenId: owner, ProxyOperator: { OpenId: 'proxy-operator-openid' } };
const TemplateId = 'yDRvzUUgygqj42ouUuO4zjEueBrK5MeV';
const dayS = 86_400;

type Said = Readonly<Record<Language, string>>;

const flowName: Said = { zh: '劳务合同', en: 'Labour contract' };
const agencyName: Said = { zh: '示例劳务有限公司', en: 'Example Labour Ltd' };
const site: Said = { zh: '工地', en: 'site' };
const gatehouse: Said = { zh: '岗亭', en: 'gatehouse' };
const canteen: Said = { zh: '食堂', en: 'canteen' };

interface Gate {
  name: Said;
  id: string;
  label: Said;
  /** Contracts of a generation. */
  max: number;
  /** How many come in the course of the days. */
  people: number;
  /** What becomes of it otherwise. */
  fate?: 'never renewed' | 'paused' | 'cancelled';
}

/** The last one is listed first. */
const gates: readonly Gate[] = [
  {
    name: { zh: '旧食堂', en: 'Old canteen' },
    id: 'canteen-0',
    label: canteen,
    max: 50,
    people: 0,
    fate: 'cancelled',
  },
  { name: { zh: '食堂', en: 'Canteen' }, id: 'canteen-1', label: canteen, max: 100, people: 18 },
  { name: { zh: '地铁 5 号线', en: 'Metro line 5' }, id: 'site-5', label: site, max: 100, people: 38 },
  {
    name: { zh: '3 号楼', en: 'Building 3' },
    id: 'site-3',
    label: site,
    max: 25,
    people: 31,
    fate: 'never renewed',
  },
  {
    name: { zh: '北门', en: 'North gate' },
    id: 'gate-north',
    label: gatehouse,
    max: 100,
    people: 12,
    fate: 'paused',
  },
  { name: { zh: '西门', en: 'West gate' }, id: 'gate-west', label: gatehouse, max: 100, people: 41 },
  { name: { zh: '东门', en: 'East gate' }, id: 'gate-east', label: gatehouse, max: 150, people: 84 },
  { name: { zh: '南门', en: 'South gate' }, id: 'gate-south', label: gatehouse, max: 80, people: 118 },
];

/** The gate whose page and poster are shown. */
export const shownGate = (language: Language) => gates.at(-1)?.name[language] ?? '';

/** Cells of a sheet: gates that are to be made. */
export function newGates(language: Language): string {
  const rows = Array.from({ length: 8 }, (_, at) => {
    const name = language === 'zh' ? `${at + 1} 号闸口` : `Turnstile ${at + 1}`;
    return [name, `turnstile-${at + 1}`, gatehouse[language]];
  });
  return rows.map((row) => row.join('\t')).join('\n');
}

type Call = (action: string, body: object) => Promise<object>;

/** Calls functions, with the key of the run. @throws Error with the answer of one that refuses */
export const callerOf =
  ({ url, apiKey }: Product): Call =>
  async (action, body) => {
    const response = await fetch(`${url}/${action}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${apiKey}` },
      body: JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`${action} is answered ${response.status}: ${await response.text()}`);
    return (await response.json()) as object; // every answer of a function is one
  };

/** Its gates are made, and nine days pass in which people sign. Resolves with the stable link of the shown gate. */
export async function livesNineDays(product: Product, call: Call, language: Language): Promise<string> {
  await call('ModifyOrganization', {
    ProxyOrganizationOpenId: owner,
    Version: 0,
    DisplayName: agencyName[language],
    ContactZh: '门卫室王工 138 0000 0000',
    ContactEn: 'Mr Wang, gatehouse, 138 0000 0000',
    ContractsBought: 1000,
  });
  for (const gate of gates) await call('ChannelCreateMultiFlowSignQRCode', requestOf(gate, language));
  const made = await codesOf(call);
  for (const [seed, { id, people, fate }] of gates.entries()) {
    if (people === 0) continue;
    const overS = fate === 'never renewed' ? 3 * dayS : 9 * dayS;
    const signing = { sign: 0.93, reject: 0.02, withinS: 20_000 };
    await product.tell('scan', { link: made.get(id)?.StableUrl, people, overS, signing, seed });
  }
  await product.tell('clock', { advanceS: 9 * dayS + 9000 });
  const after = await codesOf(call);
  for (const { id, fate } of gates) {
    const { CodeId, Version } = after.get(id) ?? {};
    if (fate === 'paused') await call('ModifyMultiFlowSignQRCode', { CodeId, Version, Operation: 'Pause' });
    if (fate === 'cancelled') await call('ChannelCancelMultiFlowSignQRCode', { CodeId });
  }
  return made.get(gates.at(-1)?.id ?? '')?.StableUrl ?? '';
}

function requestOf({ name, id, label, max, fate }: Gate, language: Language): object {
  return {
    Agent,
    TemplateId,
    FlowName: flowName[language],
    QrCodeName: name[language],
    ExternalId: id,
    Labels: [label[language]],
    MaxFlowNum: max,
    RenewalPolicy: { Enabled: fate !== 'never renewed' },
  };
}

/** Somebody finds out at the gate that the organisation has no contracts left. */
export async function runsOutOfQuota(product: Product, link: string): Promise<void> {
  await product.tell('quota', { ProxyOrganizationOpenId: owner, quota: 0 });
  await product.tell('scan', { link, people: 1, seed: 7 });
  await product.tell('callbacks', { deliver: true });
}

interface Code {
  CodeId: string;
  Version: number;
  ExternalId: string;
  StableUrl: string;
}

/** By their external ids. */
async function codesOf(call: Call): Promise<Map<string, Code>> {
  const answer = await call('DescribeMultiFlowSignQRCodes', {});
  const { Codes } = answer as { Codes: Code[] }; // of that action
  return new Map(Codes.map((code) => [code.ExternalId, code]));
}
