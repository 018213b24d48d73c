/** Checks the rows of a batch of creates, all of them, before any is begun. */
import { Failure, failureOf, type Problem } from '../../errors.ts';
import type { CreateRequest } from '../../essbasic/ChannelCreateMultiFlowSignQRCode.ts';
import type { Ids, Seal } from '../../world.ts';
import { seconds } from '../../world.ts';
import { validateCreate } from '../life/validate-create.ts';
import type { Upstream } from '../ports.ts';
import { requireFitTemplate, type TemplateCall } from '../reading/describe-templates.ts';
import type { NewRow, RowCommand } from './batch.ts';

/** Everything that is wrong, each with its row: `Rows[3].FlowName`. Upstream is asked once about each template. */
export async function createProblems(
  upstream: Upstream,
  commands: readonly RowCommand[],
  nowMs: number,
  call: TemplateCall,
): Promise<Problem[]> {
  const problems = commands.flatMap((command, index) =>
    inRow(index, validateCreate(command, seconds(nowMs))),
  );
  return [...problems, ...externalIdsTwice(commands), ...(await templateProblems(upstream, commands, call))];
}

function inRow(index: number, problems: readonly Problem[]): Problem[] {
  return problems.map(({ path, message }) => ({ path: `Rows[${index}].${path}`, message }));
}

/** Two rows of one batch with the same external id are one row that was pasted twice. */
function externalIdsTwice(commands: readonly RowCommand[]): Problem[] {
  const firsts = new Map<string, number>();
  return commands.flatMap(({ members }, index) => {
    const externalId = members?.externalId ?? null;
    if (externalId === null) return [];
    const first = firsts.get(externalId);
    if (first === undefined) firsts.set(externalId, index);
    if (first === undefined) return [];
    const message = { zh: `与 Rows[${first}] 重复`, en: `is the same as that of Rows[${first}]` };
    return [{ path: `Rows[${index}].ExternalId`, message }];
  });
}

async function templateProblems(
  upstream: Upstream,
  commands: readonly RowCommand[],
  call: TemplateCall,
): Promise<Problem[]> {
  const problems: Problem[] = [];
  for (const TemplateId of new Set(commands.map(({ request }) => request.TemplateId))) {
    const of = commands.flatMap(({ request }, index) => (request.TemplateId === TemplateId ? [index] : []));
    const [Agent] = commands.map(({ request }) => request.Agent);
    if (Agent === undefined) continue;
    const found = await unfitness(upstream, { Agent, TemplateId }, call);
    problems.push(...of.flatMap((index) => inRow(index, found)));
  }
  return problems;
}

/** @throws what says nothing about the template */
async function unfitness(
  upstream: Upstream,
  request: Pick<CreateRequest, 'Agent' | 'TemplateId'>,
  call: TemplateCall,
): Promise<readonly Problem[]> {
  try {
    await requireFitTemplate(upstream, request, call);
    return [];
  } catch (error) {
    const { code, problems } = failureOf(error);
    if (code === 'TemplateUnfit') return problems;
    if (error instanceof Failure && code === 'NotFound') return [{ path: 'TemplateId', message: noTemplate }];
    throw error;
  }
}

const noTemplate = { zh: '模板不存在', en: 'names no template of the organisation' };

/** The rows as they are kept, each with the id of the code that it makes. */
export function createRows(
  commands: readonly RowCommand[],
  { ids, seal }: { ids: Ids; seal: Seal },
): NewRow[] {
  return commands.map((command, index) => ({
    number: index + 1,
    organization: command.request.Agent.ProxyOrganizationOpenId,
    codeId: ids.id(),
    externalId: command.members?.externalId ?? null,
    sealed: seal.seal(JSON.stringify(command)),
  }));
}
