import * as z from 'zod/mini';
import { listOrganizations } from '../../../shared/codes/organization/describe-organizations.ts';
import { describeCode, listCodes } from '../../../shared/codes/reading/describe-codes.ts';
import { textFilter } from '../../../shared/list-cursor.ts';
import { defined, seconds } from '../../../shared/world.ts';
import type { Call } from '../call.ts';
import { tool } from '../tool.ts';
import { keyOf, whichCode, whichCodeTexts } from '../which-code.ts';

const usualDays = 14;
/** Codes that are looked through, the newest, and organisations that are told of. */
const examined = 100;
const secondsPerDay = 86_400;

const tooMany = {
  zh: 'CodeId、QrCodeId、Slug、ExternalId 只能填写一个，且不能与 ProxyOrganizationOpenId、Days 同时使用',
  en: 'at most one of CodeId, QrCodeId, Slug and ExternalId may be given, and neither ProxyOrganizationOpenId nor Days beside it',
};

const given = (members: object) => Object.values(members).filter((value) => value !== undefined).length;

export const forecast = tool({
  name: 'forecast',
  role: 'viewer',
  title: { zh: '用量预测', en: 'Forecast' },
  text: {
    zh: `按近四周的用量预测何时用完（中位数与八成区间，Unix 秒；无从预测时为 null）：指明一张签署码时为该码；否则为各企业已购合同，以及最新 ${examined} 张启用中的签署码里将在 Days 天内到期或用完、且不会自动续期的。不改变任何数据。`,
    en: `Says from the use of the last four weeks when something will be used up (the median, and between which two times four times in five; Unix seconds, null where too little is known): of one code where you name it; else of the contracts that organisations have bought, and which of the newest ${examined} active codes expire or are used up within Days without a successor being due. Changes nothing.`,
  },
  request: z
    .strictObject({
      ...whichCode,
      ProxyOrganizationOpenId: textFilter,
      Days: z.optional(z.int().check(z.minimum(1), z.maximum(90))),
    })
    .check(
      z.refine(
        ({ Days, ProxyOrganizationOpenId, ...which }) =>
          given(which) === 0 || (given(which) === 1 && given({ Days, ProxyOrganizationOpenId }) === 0),
        { params: tooMany },
      ),
    ),
  members: {
    ...whichCodeTexts,
    ProxyOrganizationOpenId: { zh: '只看此企业', en: 'Of this organisation alone' },
    Days: { zh: `未来多少天，默认 ${usualDays}`, en: `Within how many days, ${usualDays} by default` },
  },
  async run({ Days = usualDays, ProxyOrganizationOpenId, ...which }, call) {
    const { resources, caller } = call;
    if (given(which) === 0) return ofOrganizations(call, ProxyOrganizationOpenId, Days);
    const code = await describeCode(resources, await keyOf(call, which), caller.scope);
    return { Organizations: [], Codes: [shown(code)], Unexamined: false };
  },
});

type Described = Awaited<ReturnType<typeof describeCode>>;

async function ofOrganizations(call: Call, organization: string | undefined, days: number) {
  const { resources, caller, appId } = call;
  const { scope } = caller;
  const asked = defined({ organization });
  const untilS = seconds(resources.surroundings.nowMs()) + days * secondsPerDay;
  const [{ Organizations }, { Codes, NextCursor }] = await Promise.all([
    listOrganizations(resources, { appId, scope, limit: examined, ...asked }),
    listCodes(resources, { filter: { state: 'Active', ...asked }, scope, limit: examined }),
  ]);
  return {
    Organizations: Organizations.map((one) => ({
      ProxyOrganizationOpenId: one.ProxyOrganizationOpenId,
      ContractsBought: one.ContractsBought,
      ContractsUsed: one.ContractsUsed,
      QuotaState: one.Quota.State,
      Forecast: one.Forecast,
    })),
    Codes: Codes.filter((code) => endsBefore(code, untilS)).map(shown),
    /** Are there more codes than were looked through? */
    Unexamined: NextCursor !== null,
  };
}

/** Nothing follows on it, and its end or what it holds is near. */
function endsBefore({ Renewal, ExpiredTime, Forecast }: Described, untilS: number): boolean {
  if (Renewal.NextOn !== null) return false;
  return (ExpiredTime ?? untilS) < untilS || (Forecast?.UsedUpOn ?? untilS) < untilS;
}

function shown({
  CodeId,
  ExternalId,
  QrCodeName,
  State,
  Used,
  MaxFlowNum,
  ExpiredTime,
  Renewal,
  Forecast,
}: Described) {
  return { CodeId, ExternalId, QrCodeName, State, Used, MaxFlowNum, ExpiredTime, Renewal, Forecast };
}
