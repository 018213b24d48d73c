import type { Contract } from '../../notifications/contract.ts';
import type {
  Candidate,
  NotificationTransaction,
  NotificationTransactions,
  Progress,
} from '../../notifications/ports.ts';
import type { Database } from '../postgres/database.ts';
import { isUniqueViolation } from '../postgres/database-errors.ts';
import { repeatableTransaction } from '../postgres/repeatable-transaction.ts';
import { hourOf, parameters } from '../postgres/statements.ts';
import { insertEventsSql } from '../register/events.ts';
import { generationTransaction } from '../register/generation-transaction.ts';
import { factsColumns, locateClauses } from '../register/locate-statement.ts';
import {
  type GenerationRow,
  generationColumns,
  timeOf,
  toGeneration,
  type Values,
} from '../register/register-rows.ts';
import { addDailyUses, dayOf } from './daily-uses.ts';
import { forgettingOf } from './forget-contracts.ts';
import { hasId, withContent } from './message-places.ts';
import { noticeTransaction } from './notices.ts';
import {
  contractValues,
  type FactsRow,
  givenNotification,
  isTimedCost,
  reasonText,
  toFacts,
  writtenOutcome,
} from './notification-rows.ts';

/** A create that succeeded, and so found quota: `a`. */
export const isProof = `a.kind = 'create' and a.state = 'succeeded'`;

/** A failed effect is tried again after this long for the first time. */
const firstPause = "interval '1 minute'";

/** SQL, of a row `p` that says what becomes of a notification. */
const ifWaiting = (value: string) => `case when p.outcome = 'pending' then ${value} end`;

/** Storing notifications, and writing what follows from them. */
function notificationTransaction(tx: Database): NotificationTransaction {
  return {
    ...generationTransaction(tx),
    ...noticeTransaction(tx),

    async lockGeneration(qrCodeId) {
      const { rows } = await tx.query<GenerationRow>(
        `select ${generationColumns} from generations g where g.qr_code_id = $1 for update`,
        [qrCodeId],
      );
      return rows.map(toGeneration)[0];
    },

    async store(notification, locator, { located, otherwise }) {
      const { params, param } = parameters();
      const locate = locateClauses(locator, param);
      const { columns, given, receivedAt, content, filing } = givenNotification(notification, param);
      const { msgType } = notification.message;
      const [outcome, reason] = (['outcome', 'reason'] as const).map((member) => {
        const text = (verdict: typeof located) =>
          param(member === 'outcome' ? writtenOutcome(verdict.outcome) : reasonText(msgType, verdict));
        return `case when l."codeId" is null then ${text(otherwise)}::text else ${text(located)}::text end`;
      });
      const { rows } = await tx.query<FactsRow & { fresh: boolean }>(
        `with ${locate},
         presumed as (select l.*, ${outcome} as outcome, ${reason} as reason
           from (values (1)) one left join located l on true),${filing('presumed', 'on conflict do nothing')},
         told as (
           insert into messages (${columns.join(', ')}, outcome, reason, app_id, organization, code_id, generation,
             due_at, body, content_signature)
           select ${given.join(', ')}, p.outcome, p.reason, p."appId", p.organization, p."codeId", p.number,
             ${[`${receivedAt} + ${firstPause}`, ...content].map(ifWaiting)}
           from presumed p, filed returning notification_id
         )
         select exists (select from told) as fresh, ${factsColumns(locator, param)}`,
        params,
        { prepared: true },
      );
      const [row] = rows;
      return row?.fresh ? toFacts(row) : undefined;
    },

    async reconsider(notificationId, locator, among) {
      const { params, param } = parameters();
      const { rows } = await tx.query<FactsRow & { open: boolean }>(
        `with ${locateClauses(locator, param)},
         mine as (
           select n.notification_id from messages n, (select count(*) from located) first
           where ${hasId('n', param(notificationId))} and n.outcome = any(${param(among)}::text[])
           for update of n
         )
         select exists (select from mine) as open, ${factsColumns(locator, param)}`,
        params,
      );
      const [row] = rows;
      return row?.open ? toFacts(row) : undefined;
    },

    async saveProgress(progress) {
      const { params, param } = parameters();
      const parts = progressParts(progress, param);
      const [last] = parts.slice(-1);
      if (last === undefined) return;
      const before = parts.slice(0, -1).map((part, index) => `part${index} as (${part})`);
      const text = before.length > 0 ? `with ${before.join(', ')} ${last}` : last;
      await tx.defer(text, params, { prepared: true });
    },

    async forgetContent(notificationId) {
      await tx.defer(forgettingOf(hasId('n', '$1')), [notificationId]);
    },

    async settleHeard({ flowId, ...contract }, reason, settledAtS) {
      await tx.query(
        `update messages set outcome = 'applied', reason = $2, app_id = $3, organization = $4, code_id = $5,
           generation = $6, settled_at = $7
         where flow_id = $1 and outcome = 'kept' and flow_status is not null`,
        [
          flowId,
          JSON.stringify(reason),
          contract.appId,
          contract.organization,
          contract.codeId,
          contract.generation,
          timeOf(settledAtS),
        ],
      );
    },

    async settle(notificationId, { outcome, reason, about, failures, dueAtS = null }, settledAtS) {
      await tx.query(
        `update messages n set outcome = $2, reason = $3, due_at = $4, settled_at = $5,
           failures = coalesce($6::int, n.failures), app_id = coalesce($7, n.app_id),
           organization = coalesce($8, n.organization), code_id = coalesce($9, n.code_id),
           generation = coalesce($10::int, n.generation), lease_until = null
           ${outcome === 'pending' ? `, ${withContent}` : ''}
         where ${hasId('n', '$1')}`,
        [
          notificationId,
          outcome,
          JSON.stringify(reason),
          timeOf(dueAtS),
          timeOf(outcome === 'pending' ? null : settledAtS),
          failures ?? null,
          about?.appId ?? null,
          about?.organization ?? null,
          about?.codeId ?? null,
          about?.generation ?? null,
        ],
      );
    },

    async candidates({ templateId, flowNames, organizations, startedAtS }) {
      const { rows } = await tx.query<Candidate>(
        `select c.code_id as "codeId", c.app_id as "appId", c.organization, c.external_id as "externalId",
           c.flow_name as "flowName",
           coalesce(c.request::json ->> 'FlowNameAppendScannerInfo' = 'true', false) as "appendsScanner", g.number as generation
         from codes c cross join lateral (
           select g.number from generations g
           where g.code_id = c.code_id and g.created_at <= to_timestamp($4) + ${clockMargin}
             and g.expires_at >= to_timestamp($4) - ${clockMargin}
           order by g.number desc limit 1
         ) g
         where c.template_id = $1 and c.flow_name = any($2::text[])
           and (cardinality($3::text[]) = 0 or c.organization = any($3::text[]))
         limit 100`,
        [templateId, flowNames, organizations, startedAtS],
      );
      return rows;
    },

    async knownOrganizations(names) {
      const { rows } = await tx.query<{ appId: string; organization: string }>(
        `select distinct c.app_id as "appId", c.organization from codes c where c.organization = any($1::text[])`,
        [names],
      );
      return rows;
    },

    async lastProofS(appId, organization) {
      const { rows } = await tx.query<{ atS: number | null }>(
        `select extract(epoch from greatest(
           (select n.occurred_at from messages n
            where n.app_id = $1 and n.organization = $2 and ${isTimedCost}
            order by ${hourOf('n.occurred_at')} desc, n.occurred_at desc limit 1),
           (select max(a.sent_at) from attempts a
            where a.app_id = $1 and a.organization = $2 and ${isProof})))::float8 as "atS"`,
        [appId, organization],
      );
      return rows[0]?.atS ?? null;
    },
  };
}

/** Upstream's clock and ours differ. */
const clockMargin = "interval '5 minutes'";

/** One statement each; they touch different rows, so that their order does not matter. */
function progressParts({ count, contract, events }: Progress, param: (value: unknown) => string): string[] {
  const parts: string[] = [];
  if (count) {
    const { costMessages, certainContracts, used, toldPercent } = count.counts;
    parts.push(
      `update generations set cost_messages = ${param(costMessages)}, certain_contracts = ${param(certainContracts)},
         used = ${param(used)}, told_percent = ${param(toldPercent)}
       where code_id = ${param(count.codeId)} and number = ${param(count.generation)}`,
      // As the row was before the statement: what the count adds to it.
      addDailyUses(
        `select app_id, organization, code_id, ${dayOf(`${param(timeOf(count.atS))}::timestamptz`)}, ${param(used)}::int - used
from codes join generations using (code_id)
where code_id = ${param(count.codeId)} and number = ${param(count.generation)} and used < ${param(used)}::int`,
      ),
    );
  }
  if (contract) parts.push(contractPart(contract.after, contract.isNew, param));
  if (events.length > 0) {
    parts.push(insertEventsSql(events, param));
  }
  return parts;
}

/**
 * A contract that another transaction has just inserted is a unique violation: then the whole is done again, and finds
 * it.
 */
function contractPart(contract: Contract, isNew: boolean, param: (value: unknown) => string): string {
  const { flow_id: flowId, ...changes } = contractValues(contract);
  const values: Values = isNew ? contractValues(contract) : changes;
  const columns = Object.keys(values);
  if (isNew) {
    const given = columns.map((column) => param(values[column]));
    return `insert into contracts (${columns.join(', ')}, updated_at) values (${given.join(', ')}, now())`;
  }
  const assignments = columns.map((column) => `${column} = ${param(values[column])}`);
  return `update contracts set ${assignments.join(', ')}, updated_at = now() where flow_id = ${param(flowId)}`;
}

/** Two messages about a contract that was unknown came at once: done again, the second finds what the first wrote. */
const meetings = 3;

export function notificationTransactions(db: Database): NotificationTransactions {
  return {
    async transaction(work) {
      for (let tried = 1; ; tried += 1) {
        try {
          return await repeatableTransaction(db, (tx) => work(notificationTransaction(tx)));
        } catch (error) {
          if (tried >= meetings || !isUniqueViolation(error, 'contracts_pkey')) throw error;
        }
      }
    },
  };
}
