import { describe, expect, it } from 'vitest';
import { createSeededRandom } from '../../../local/cloud-api/seeded-random.ts';
import { QianmaError } from '../../errors.ts';
import { DescribeTemplates } from '../../essbasic/DescribeTemplates.ts';
import { databaseSuite } from '../../store/testing/database-suite.ts';
import { seed, shareOf } from '../../testing/cases.ts';
import type { Upstream } from '../ports.ts';
import { describeTemplates, requireFitTemplate } from '../reading/describe-templates.ts';
import { runRenewals } from '../renewal/run-renewals.ts';
import { breaches, unfinished } from '../testing/invariants.ts';
import { createVariedUpstream, type VariedCall } from '../testing/varied-upstream.ts';
import { agent, createWorld, dayS, requestOf, type World } from '../testing/world.ts';
import { cancelCode } from './cancel-code.ts';
import { createCode } from './create-code.ts';

const cases = shareOf(10_000);
/** Codes of one round; what is looked at after each round is looked at as a whole. */
const codesPerRound = 12;

const test = databaseSuite();

/** Fails with what nobody is prepared for; any failure of the catalogue may follow from an odd answer. */
async function tolerant(work: Promise<unknown>): Promise<void> {
  await work.catch((error: unknown) => {
    if (!(error instanceof QianmaError) || error.code === 'InternalFailure') throw error;
  });
}

describe('upstream whose answers are odd', () => {
  it(`leaves no living code without an owner and makes no nameless one twice (seed ${seed})`, async () => {
    const random = createSeededRandom(seed);
    for (let done = 0; done < cases; ) done += await round(createWorld(test.db), random);
  }, 900_000);
});

async function round(world: World, random: ReturnType<typeof createSeededRandom>): Promise<number> {
  await world.forgetEverything();
  const { upstream, calls, state } = createVariedUpstream(withTemplates(world.fake.upstream), random);
  const ports = { ...world.ports, upstream };
  const deadlineMs = () => world.clock.ms + 60_000;
  const tick = () => runRenewals(ports, { deadlineMs: deadlineMs(), concurrency: 2 });
  const check = async (moment: string) => {
    const alive = world.fake.alive().map(({ qrCodeId }) => qrCodeId);
    expect(await breaches(world, alive), moment).toEqual([]);
  };

  for (let i = 0; i < codesPerRound; i++) {
    const request = requestOf('org-a', { FlowName: `code ${i}` });
    await tolerant(createCode(ports, { request, actor: 'key:test' }, deadlineMs()));
  }
  await check('after the creates');
  await world.leasesRunOut();
  world.passS(6 * dayS);
  await tick();
  await check('after the renewals');
  for (const codeId of await codeIds(world)) {
    const command = { key: { by: 'CodeId', value: codeId } as const, scope: null, actor: 'key:test' };
    if (random.integer(3) === 0) await tolerant(cancelCode(ports, command, deadlineMs()));
  }
  await check('after the cancels');
  for (let i = 0; i < codesPerRound; i++) await judgeTemplates(upstream, deadlineMs());
  await requestIdsAreKept(world, calls);

  state.isVaried = false;
  for (let hours = 0; hours < 8; hours++) {
    await world.leasesRunOut();
    world.passS(3600);
    await tick();
  }
  await check('at rest');
  expect(await unfinished(world)).toEqual([]);
  namelessOnce(calls);
  return calls.length;
}

async function codeIds({ db }: World): Promise<string[]> {
  const { rows } = await db.query<{ codeId: string }>('select code_id as "codeId" from codes order by 1');
  return rows.map(({ codeId }) => codeId);
}

const TemplateId = 'template-a';
const template = {
  TemplateId,
  Available: 1,
  TemplateType: 3,
  Components: [],
  SignComponents: [{ ComponentId: 'c', ComponentRecipientId: 'r' }],
  Recipients: [{ RecipientId: 'r', RecipientType: 'INDIVIDUAL', RoutingOrder: -1 }],
};
const templatesAnswer = {
  response: { Templates: [template], TotalCount: 1, Limit: 20, Offset: 0 },
  requestId: 'request-of-templates',
};

/** The double of the domain knows the two actions alone that make and end codes. */
function withTemplates(inner: Upstream): Upstream {
  return {
    call: async (action, request, call) =>
      action.name === DescribeTemplates.name
        ? (templatesAnswer as never) // the answer of this very action
        : inner.call(action, request, call),
  };
}

/** A template that is fit is never called unfit, however little of it can be read. */
async function judgeTemplates(upstream: Upstream, deadlineMs: number): Promise<void> {
  const call = { deadlineMs, facts: {} };
  await tolerant(
    describeTemplates(upstream, { Agent: agent }, call).then(({ Templates = [] }) => {
      for (const one of Templates) expect(one['SignCode']).not.toMatchObject({ Fitness: 'Unfit' });
    }),
  );
  await requireFitTemplate(upstream, { Agent: agent, TemplateId }, call).catch((error: unknown) => {
    expect(error).toBeInstanceOf(QianmaError);
    expect(error).not.toMatchObject({ code: 'TemplateUnfit' });
  });
}

/** Whatever upstream called its answer is found in the journal. */
async function requestIdsAreKept({ db }: World, calls: readonly VariedCall[]): Promise<void> {
  const { rows } = await db.query<{ id: string }>('select upstream_request_id as id from attempts');
  const kept = new Set(rows.map(({ id }) => id));
  const came = calls.filter(({ flowName }) => flowName !== undefined).map(({ requestId }) => requestId);
  expect(came.filter((id) => id !== undefined && !kept.has(id))).toEqual([]);
}

/** After an answer that named nothing nobody asks again by himself: that would make another that nobody owns. */
function namelessOnce(calls: readonly VariedCall[]): void {
  const nameless = calls.filter(({ isNameless, flowName }) => isNameless && flowName !== undefined);
  const names = nameless.map(({ flowName }) => flowName);
  expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
}
