import { describe, expect, it } from 'vitest';
import { randomIds } from '../ids.ts';
import { createFakeUpstream } from '../testing/fake-upstream.ts';
import { sampleCode, sampleGeneration } from '../testing/sample-code.ts';
import { requestOf, startMs } from '../testing/world.ts';
import { type DrainOptions, drainRenewals } from './drain-renewals.ts';
import type { Claim } from './ports.ts';
import type { RenewPorts } from './renew-code.ts';
import { defaultPolicy } from './renewal-policy.ts';

/** Codes of an organisation whose generations are over, claimed; named after it. */
function claimsOf(organization: string, count: number): Claim[] {
  return Array.from({ length: count }, (_, index) => {
    const codeId = `${organization}-${index + 1}`;
    const { Agent: _agent, ...request } = requestOf(organization);
    const current = sampleGeneration({ codeId, state: 'expired' });
    const code = sampleCode({ codeId, organization, request, current });
    return { lease: { codeId, token: '7' }, code, isClean: true };
  });
}

/** Claimed, and not to be renewed after all. */
const notDue = ({ code, ...claim }: Claim): Claim => ({
  ...claim,
  code: { ...code, policy: { ...defaultPolicy, Enabled: false } },
});

/** Claims in a line, and a register that takes what it is told and finds nothing of it changed. */
function drainOf(line: readonly Claim[], changes: Partial<DrainOptions> = {}) {
  const waiting = [...line];
  const released: string[] = [];
  const errors: [string, unknown][] = [];
  /** Codes that another run has taken over. */
  const takenOver = new Set<string | null>();
  const fake = createFakeUpstream({ nowMs: () => startMs });
  const ports: RenewPorts = {
    register: {
      noteCreate: async ({ codeId }) => (takenOver.has(codeId) ? 'lost' : { taken: true, waitMs: 0 }),
      // A second look finds that the code is not due; what follows from a failure is written and gives nothing back.
      transaction: async <T>() => 'idle' as T,
      transactionIf: async <T>() => line[0]?.code as T, // what a renewal that is written down gives back
    },
    upstream: fake.upstream,
    surroundings: { nowMs: () => startMs, ids: randomIds(), random: () => 0.5 },
    seal: { seal: (text) => text, open: (sealed) => sealed },
    actor: 'test',
    callbackBaseUrl: 'https://example.com/callback-handler',
  };
  const options: DrainOptions = {
    probes: [],
    claim: async (limit) => waiting.splice(0, limit),
    release: async (claims) => void released.push(...claims.map(({ lease }) => lease.codeId)),
    concurrency: 1,
    callDeadlineMs: () => startMs + 9_000,
    onError: (error, codeId) => void errors.push([codeId, error]),
    endMs: startMs + 12_000,
    ...changes,
  };
  return { run: () => drainRenewals(ports, options), ports, fake, takenOver, released, errors };
}

const idsOf = (claims: readonly Claim[]) => claims.map(({ lease }) => lease.codeId);

describe('a run', () => {
  it('renews all that is due and names ten of each kind', async () => {
    const line = claimsOf('a', 12);
    const { run, released } = drainOf(line);
    expect(await run()).toMatchObject({
      renewed: 12,
      codes: { renewed: idsOf(line).slice(0, 10) },
      tenantsSetAside: 0,
      ended: 'done',
    });
    expect(released).toEqual([]);
  });

  it('has as many calls on their way as it may, and no more', async () => {
    const { run, fake } = drainOf(claimsOf('a', 7), { concurrency: 3 });
    let under = 0;
    let most = 0;
    fake.hooks.beforeAnswer = async () => {
      under += 1;
      most = Math.max(most, under);
      await new Promise(setImmediate);
      under -= 1;
    };
    expect(await run()).toMatchObject({ renewed: 7 });
    expect(most).toBe(3);
  });

  it('begins nothing that was claimed too late, and gives it back', async () => {
    let isOver = false;
    const line = claimsOf('a', 2);
    const claim = async () => {
      isOver = true;
      return line.splice(0);
    };
    const callDeadlineMs = () => (isOver ? undefined : startMs + 9_000);
    const { run, released, fake } = drainOf(line, { claim, callDeadlineMs });
    expect(await run()).toMatchObject({ renewed: 0, ended: 'time' });
    expect(fake.calls).toEqual([]);
    expect(released.sort()).toEqual(['a-1', 'a-2']);
  });

  it('ends when its time is over, and gives back what waits', async () => {
    let isOver = false;
    const callDeadlineMs = () => (isOver ? undefined : startMs + 9_000);
    const { run, released, fake } = drainOf(claimsOf('a', 6), { callDeadlineMs });
    fake.hooks.beforeAnswer = async () => {
      isOver = fake.calls.length === 3;
    };
    expect(await run()).toMatchObject({ renewed: 3, ended: 'time' });
    expect(released).toEqual(['a-4']);
  });

  it('begins nothing for which it waited while going on became pointless', async () => {
    const probes = ['a', 'b', 'c'].flatMap((organization) => claimsOf(organization, 1));
    const late = claimsOf('d', 1);
    let answered = () => {};
    const hasAnswered = new Promise<void>((resolve) => {
      answered = resolve;
    });
    const claim = async () => {
      await hasAnswered;
      return late.splice(0);
    };
    const { run, fake, released } = drainOf(late, { probes, claim, concurrency: 4 });
    fake.faults.push('unreachable', 'unreachable', 'unreachable');
    const ran = run();
    while (fake.faults.length > 0) await new Promise(setImmediate);
    await new Promise(setImmediate);
    answered();
    expect(await ran).toMatchObject({ retrying: 3, renewed: 0, ended: 'trouble' });
    expect(released).toEqual(['d-1']);
    expect(fake.calls).toEqual([]);
  });

  it('fails where nothing can be claimed, when all that was begun has come to its end', async () => {
    const away = new Error('away');
    let claims = 0;
    const claim = () => {
      claims += 1;
      return Promise.reject(away);
    };
    const { run, fake } = drainOf([], { probes: claimsOf('poor', 2), claim, concurrency: 2 });
    fake.hooks.beforeAnswer = async () => {
      const isSecond = fake.calls.length === 2;
      while (isSecond && claims < 2) await new Promise(setImmediate);
      await new Promise(setImmediate);
    };
    await expect(run()).rejects.toBe(away);
    expect(fake.calls).toHaveLength(2);
    expect(claims).toBe(2);
  });
});

describe('what came of one code', () => {
  it('says nothing of the others where it was not due after all', async () => {
    const line = claimsOf('a', 9).map(notDue);
    const { run } = drainOf(line);
    expect(await run()).toMatchObject({
      idle: 9,
      tenantsSetAside: 0,
      ended: 'done',
      codes: { idle: idsOf(line) },
    });
  });

  it('sets its tenant aside where others take over again and again, so that it does not go on for ever', async () => {
    const line = claimsOf('a', 7);
    const { run, takenOver, released, fake } = drainOf(line);
    for (const codeId of idsOf(line)) takenOver.add(codeId);
    expect(await run()).toMatchObject({ lost: 5, tenantsSetAside: 1, ended: 'trouble' });
    expect(released).toEqual(idsOf(line).slice(5));
    expect(fake.calls).toEqual([]);
  });

  it('is trouble of its tenant alone where others take over', async () => {
    const line = [...claimsOf('a', 1), ...claimsOf('b', 1), ...claimsOf('c', 1), ...claimsOf('d', 1)];
    const { run, takenOver } = drainOf(line);
    for (const codeId of idsOf(line).slice(0, 3)) takenOver.add(codeId);
    expect(await run()).toMatchObject({ lost: 3, renewed: 1, ended: 'done' });
  });

  it('is reported where it was sent and never answered, with what is known', async () => {
    const { run, fake, errors } = drainOf(claimsOf('a', 2));
    fake.faults.push('lost-answer');
    expect(await run()).toMatchObject({ unknown: 1, renewed: 1, codes: { unknown: ['a-1'] } });
    expect(errors).toEqual([['a-1', expect.objectContaining({ code: 'UnknownOutcome' })]]);
  });

  it('is no error where upstream refused it', async () => {
    const { run, fake, errors } = drainOf(claimsOf('a', 3));
    fake.faults.push({ refuse: 'ResourceNotFound.Template' }, { refuse: 'InternalError' });
    expect(await run()).toMatchObject({ failed: 1, retrying: 1, renewed: 1 });
    expect(errors).toEqual([]);
  });

  it('spares the rest of its organisation the call where quota is lacking, and nobody else', async () => {
    const { run, fake, released } = drainOf([...claimsOf('poor', 3), ...claimsOf('rich', 2)]);
    fake.withoutQuota.add('poor');
    expect(await run()).toMatchObject({ held: 1, renewed: 2, ended: 'done' });
    expect(released).toEqual(['poor-2', 'poor-3']);
  });

  it('ends the run where three organisations have no answer', async () => {
    const line = ['a', 'b', 'c', 'd'].flatMap((organization) => claimsOf(organization, 1));
    const { run, fake, released } = drainOf(line);
    fake.faults.push('lost-answer', 'unreachable', 'lost-request');
    expect(await run()).toMatchObject({ unknown: 2, retrying: 1, renewed: 0, ended: 'trouble' });
    expect(released).toEqual(['d-1']);
  });

  it('ends the run where three organisations cannot be written', async () => {
    const line = ['a', 'b', 'c', 'd'].flatMap((organization) => claimsOf(organization, 1));
    const { run, ports, errors, fake } = drainOf(line);
    const { register } = ports;
    register.transactionIf = () => Promise.reject(new TypeError('a mistake of ours'));
    expect(await run()).toMatchObject({
      broken: 3,
      ended: 'trouble',
      codes: { broken: ['a-1', 'b-1', 'c-1'] },
    });
    expect(errors.map(([codeId]) => codeId)).toEqual(['a-1', 'b-1', 'c-1']);
    expect(fake.calls).toHaveLength(3);
  });

  it('is no sign that upstream answers where it was not due after all', async () => {
    const [a, b, c, idle] = ['a', 'b', 'c', 'idle'].flatMap((organization) => claimsOf(organization, 1));
    if (!a || !b || !c || !idle) throw new Error('four were made');
    const { run, fake } = drainOf([a, b, notDue(idle), c]);
    fake.faults.push('unreachable', 'unreachable', 'unreachable');
    expect(await run()).toMatchObject({ retrying: 3, idle: 1, ended: 'trouble' });
  });

  it('does not end the run where something succeeded for another in between', async () => {
    const line = ['a', 'b', 'good', 'c'].flatMap((organization) => claimsOf(organization, 1));
    const { run, fake } = drainOf(line);
    fake.faults.push('unreachable', 'unreachable', 'answer', 'unreachable');
    expect(await run()).toMatchObject({ retrying: 3, renewed: 1, ended: 'done' });
  });

  it('ends as done where a tenant was set aside and others were renewed', async () => {
    const { run, fake } = drainOf([...claimsOf('bad', 6), ...claimsOf('good', 1)]);
    fake.faults.push(...Array.from({ length: 5 }, () => ({ refuse: 'FailedOperation' })));
    expect(await run()).toMatchObject({ retrying: 5, renewed: 1, tenantsSetAside: 1, ended: 'done' });
  });
});
