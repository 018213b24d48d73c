import * as z from 'zod/mini';
import { codeStates } from '../../shared/codes/code.ts';
import { codeIds, codeKeyOf, idsGiven } from '../../shared/codes/reading/code-key.ts';
import { describeCode, listCodes } from '../../shared/codes/reading/describe-codes.ts';
import { pageMembers, textFilter } from '../../shared/list-cursor.ts';
import { csvList } from '../../shared/runtime/http/csv.ts';
import { versionOfOne } from '../../shared/runtime/http/version-condition.ts';
import { registerLists } from '../../shared/store/register/register-lists.ts';
import { registerReads } from '../../shared/store/register/register-reads.ts';
import { defined } from '../../shared/world.ts';
import { action } from '../action.ts';

const oneOrMany = {
  zh: 'CodeId、QrCodeId、Slug 只能填写一个，且不能与筛选条件同时使用',
  en: 'at most one of CodeId, QrCodeId and Slug may be given, and no filter beside it',
};

/** What the register knows of codes: state and reason, generations, use, expiry, next renewal. */
export const main_handler = action({
  name: 'DescribeMultiFlowSignQRCodes',
  version: versionOfOne('Codes'),
  csv: csvList(
    'Codes',
    'CodeId',
    'QrCodeName',
    'FlowName',
    'ExternalId',
    'State',
    'Reason:text',
    'Usable',
    'Used',
    'MaxFlowNum',
    'ExpiredTime:time',
    'Renewal.NextOn:time',
    'Renewal.Reason:text',
    'Forecast.UsedUpOn:time',
    'Forecast.Earliest:time',
    'Forecast.Latest:time',
    'GenerationsMade',
    'ContractsCommitted',
    'ProxyOrganizationOpenId',
    'TemplateId',
    'Labels',
    'StableUrl',
    'CreatedOn:time',
    'UpdatedOn:time',
  ),
  role: 'viewer',
  /** One code by one of its ids, or a page of those that a filter lets through, newest first. */
  request: z
    .strictObject({
      ...codeIds,
      ProxyOrganizationOpenId: textFilter,
      State: z.optional(z.enum(codeStates)),
      TemplateId: textFilter,
      Label: textFilter,
      ExternalId: textFilter,
      /** Unix seconds, up to the last that a date can be of. */
      ExpiringBefore: z.optional(z.int().check(z.minimum(1), z.maximum(8.64e12))),
      Text: textFilter,
      ...pageMembers,
    })
    .check(
      z.refine(
        ({ CodeId, QrCodeId, Slug, ...filters }) => {
          const ids = idsGiven({ CodeId, QrCodeId, Slug });
          return ids === 0 || (ids === 1 && Object.values(filters).every((value) => value === undefined));
        },
        { params: oneOrMany },
      ),
    ),
  needs: ['PUBLIC_BASE_URL'],
  open: ({ config, db }) => ({
    register: { ...registerReads(db), ...registerLists(db) },
    publicBaseUrl: config.PUBLIC_BASE_URL,
  }),
  async run({ input, resources, caller: { scope } }) {
    if (idsGiven(input) === 1) {
      return { Codes: [await describeCode(resources, codeKeyOf(input), scope)], NextCursor: null };
    }
    const filter = defined({
      organization: input.ProxyOrganizationOpenId,
      state: input.State,
      templateId: input.TemplateId,
      label: input.Label,
      externalId: input.ExternalId,
      expiringBeforeS: input.ExpiringBefore,
      text: input.Text,
    });
    const page = defined({ limit: input.Limit, cursor: input.Cursor });
    return listCodes(resources, { filter, scope, ...page });
  },
});
