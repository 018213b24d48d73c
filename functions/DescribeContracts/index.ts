import * as z from 'zod/mini';
import { pageMembers, textFilter, timeFilter } from '../../shared/list-cursor.ts';
import { contractStates } from '../../shared/notifications/contract.ts';
import { listContracts } from '../../shared/notifications/describe-contracts.ts';
import { csvList } from '../../shared/runtime/http/csv.ts';
import { contractLists } from '../../shared/store/notifications/contract-lists.ts';
import { defined } from '../../shared/world.ts';
import { action } from '../action.ts';

const oneOfStates = {
  zh: 'State 与 Unfinished 只能填写一个',
  en: 'at most one of State and Unfinished may be given',
};
const generationOfCode = {
  zh: 'Generation 须与 CodeId 同时填写',
  en: 'Generation must be given together with CodeId',
};

/** The contracts that scans have started: of which code and generation, how far they are, how long is left. No names. */
export const main_handler = action({
  name: 'DescribeContracts',
  csv: csvList(
    'Contracts',
    'FlowId',
    'State',
    'Unfinished',
    'HoursLeft',
    'Deadline:time',
    'DeadlineFrom',
    'CodeId',
    'Generation',
    'QrCodeName',
    'ExternalId',
    'Link',
    'Charged',
    'StartedOn:time',
    'StateOn:time',
    'ProxyOrganizationOpenId',
  ),
  role: 'viewer',
  request: z
    .strictObject({
      FlowId: textFilter,
      CodeId: textFilter,
      Generation: z.optional(z.int().check(z.minimum(1), z.maximum(2_147_483_647))),
      QrCodeId: textFilter,
      ProxyOrganizationOpenId: textFilter,
      State: z.optional(z.enum(contractStates)),
      /** True: those that are started, and neither signed by all nor ended otherwise. */
      Unfinished: z.optional(z.literal(true)),
      /** The second itself among them. */
      StartedAfter: timeFilter,
      /** The second itself not among them. */
      StartedBefore: timeFilter,
      ...pageMembers,
    })
    .check(
      z.refine(({ State, Unfinished }) => State === undefined || Unfinished === undefined, {
        params: oneOfStates,
      }),
      z.refine(({ Generation, CodeId }) => Generation === undefined || CodeId !== undefined, {
        params: generationOfCode,
      }),
    ),
  needs: [],
  open: ({ db }) => ({ contracts: contractLists(db) }),
  async run({ input, resources, caller: { scope } }) {
    const filter = defined({
      flowId: input.FlowId,
      codeId: input.CodeId,
      generation: input.Generation,
      qrCodeId: input.QrCodeId,
      organization: input.ProxyOrganizationOpenId,
      state: input.State,
      unfinished: input.Unfinished,
      sinceS: input.StartedAfter,
      untilS: input.StartedBefore,
    });
    const page = defined({ limit: input.Limit, cursor: input.Cursor });
    return listContracts(resources, { filter, scope, ...page });
  },
});
