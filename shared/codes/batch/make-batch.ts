/** Writes a batch down, whole or not at all; what it asks for begins afterwards. */
import { Failure, type Problem } from '../../errors.ts';
import type { Scope, Seal, Surroundings, Work } from '../../world.ts';
import type { Upstream } from '../ports.ts';
import type { TemplateCall } from '../reading/describe-templates.ts';
import {
  type Batch,
  type BatchChange,
  type BatchOperation,
  mostRows,
  type NewRow,
  type RowCommand,
} from './batch.ts';
import { createProblems, createRows } from './plan-create.ts';
import type { BatchReads, BatchTarget, BatchWrites, Selection } from './ports.ts';

export interface MakePorts {
  batches: BatchReads & BatchWrites;
  surroundings: Surroundings;
}

export interface Asked {
  readonly actor: string;
  readonly scope: Scope;
  /** Under an `Idempotency-Key`: the batch has its id, and is there already where the work was taken over. */
  readonly work: Work | undefined;
}

/**
 * A batch of creates.
 *
 * @param dryRun checks everything and writes nothing down
 * @returns its id; undefined for a dry run
 * @throws Failure `InvalidRequest` with every problem of every row; what the call of upstream throws
 */
export async function makeCreateBatch(
  ports: MakePorts & { upstream: Upstream; seal: Seal },
  commands: readonly RowCommand[],
  { actor, scope, work }: Asked,
  { call, dryRun }: { call: TemplateCall; dryRun: boolean },
): Promise<string | undefined> {
  const { batches, surroundings, upstream, seal } = ports;
  if (work?.takenOver && (await batches.find(work.workId, scope)) !== undefined) return work.workId;
  const problems = await createProblems(upstream, commands, surroundings.nowMs(), call);
  if (problems.length > 0) throw new Failure('InvalidRequest', { problems });
  if (dryRun) return undefined;
  const [first] = commands;
  const rows = createRows(commands, { ids: surroundings.ids, seal });
  return insert(ports, { operation: 'Create', actor, appId: first?.request.Agent.AppId ?? '', rows, work });
}

/**
 * A batch of changes to codes that are there.
 *
 * @throws Failure `InvalidRequest` with every name that leads to no code, or to several; `NotFound` for a label of none
 */
export async function makeChangeBatch(
  ports: MakePorts,
  { operation, selection, appId }: { operation: BatchChange; selection: Selection; appId: string },
  { actor, scope, work }: Asked,
): Promise<string> {
  const { batches } = ports;
  if (work?.takenOver && (await batches.find(work.workId, scope)) !== undefined) return work.workId;
  const targets = await chosenTargets(batches, selection, scope);
  const rows = targets.map(({ codeId, organization, externalId }, index) => ({
    number: index + 1,
    organization,
    codeId,
    externalId,
    sealed: null,
  }));
  return insert(ports, { operation, actor, appId: targets[0]?.appId ?? appId, rows, work });
}

async function chosenTargets(
  batches: BatchReads,
  selection: Selection,
  scope: Scope,
): Promise<BatchTarget[]> {
  // Of an external id there can be several codes: two of each are enough to know that.
  const most = selection.by === 'ExternalIds' ? selection.values.length * 2 : mostRows + 1;
  const found = await batches.targets(selection, scope, most);
  if (selection.by === 'Label') {
    if (found.length === 0) throw new Failure('NotFound', { detail: texts.noneOfLabel });
    if (found.length > mostRows) {
      throw new Failure('InvalidRequest', { problems: [{ path: 'Label', message: texts.tooMany }] });
    }
    return found;
  }
  const chosen: BatchTarget[] = [];
  const problems: Problem[] = [];
  selection.values.forEach((value, index) => {
    const path = `${selection.by}[${index}]`;
    const [first, second] = found.filter(({ name }) => name === value);
    if (selection.values.indexOf(value) < index) problems.push({ path, message: texts.twice });
    else if (first === undefined) problems.push({ path, message: texts.none });
    else if (second && !second.isCancelled) problems.push({ path, message: texts.several });
    else chosen.push(first);
  });
  if (problems.length > 0) throw new Failure('InvalidRequest', { problems });
  return chosen;
}

interface NewBatch {
  operation: BatchOperation;
  actor: string;
  appId: string;
  rows: readonly NewRow[];
  work: Work | undefined;
}

async function insert(ports: MakePorts, { operation, actor, appId, rows, work }: NewBatch): Promise<string> {
  const { batches, surroundings } = ports;
  const batch: Batch = {
    batchId: work?.workId ?? surroundings.ids.id(),
    appId,
    organizations: [...new Set(rows.map(({ organization }) => organization))],
    operation,
    actor,
    total: rows.length,
    createdAtMs: surroundings.nowMs(),
    cancelledAtS: null,
  };
  const reason = `${operation} ${rows.length}`;
  await batches.insert(batch, rows, { actor, action: 'batch.created', subject: batch.batchId, reason });
  return batch.batchId;
}

const texts = {
  none: { zh: '没有这个签署码', en: 'names no code' },
  several: { zh: '不止一张签署码使用此 ExternalId，请改用 CodeIds', en: 'names several codes: use CodeIds' },
  twice: { zh: '重复', en: 'is listed twice' },
  noneOfLabel: { zh: '没有带此标签且未作废的签署码', en: 'No code that is not cancelled has this label' },
  tooMany: {
    zh: `带此标签的签署码超过 ${mostRows} 张`,
    en: `is the label of more than ${mostRows} codes`,
  },
};
