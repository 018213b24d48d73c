/** Nobody waits for another: a tenant, a code or a statement in trouble costs the others nothing. */
import { beforeEach, describe, expect, it } from 'vitest';
import { Failure } from '../../errors.ts';
import type { CancelRequest } from '../../essbasic/ChannelCancelMultiFlowSignQRCode.ts';
import type { CreateRequest } from '../../essbasic/ChannelCreateMultiFlowSignQRCode.ts';
import { cancelCode } from '../life/cancel-code.ts';
import type { RegisterTransaction, Upstream } from '../ports.ts';
import { codeSuite } from '../testing/code-suite.ts';
import { dayS, type RunPorts, requestOf } from '../testing/world.ts';
import { type ErrorPlace, runRenewals } from './run-renewals.ts';

const { test, world } = codeSuite();

const errors: ErrorPlace[] = [];
beforeEach(() => {
  errors.length = 0;
});

const run = (ports: Partial<RunPorts> = {}, options = {}) =>
  runRenewals(
    { ...world.ports, ...ports },
    {
      deadlineMs: world.clock.ms + 60_000,
      concurrency: 4,
      onError: (_, place) => errors.push(place),
      ...options,
    },
  );

async function createOf(organization: string, count: number): Promise<string[]> {
  const ids: string[] = [];
  for (let i = 0; i < count; i++) ids.push(await world.createId(requestOf(organization)));
  return ids;
}

function organizationOf(request: unknown): string {
  const { Agent } = request as CreateRequest | CancelRequest; // the domain makes no others
  return Agent.ProxyOrganizationOpenId;
}

/** Upstream that refuses everything for these organisations. */
function upstreamRefusing(organizations: readonly string[], code: string): Upstream {
  return {
    async call(action, request, call) {
      if (organizations.includes(organizationOf(request))) world.fake.faults.unshift({ refuse: code });
      return world.fake.upstream.call(action, request, call);
    },
  };
}

/** The register, with something thrown wherever some codes are to be written. */
function registerThrowing(
  isHit: (codeId: string | null) => boolean,
  error: () => Error,
): RunPorts['register'] {
  const unlessHit = async <T>(codeId: string | null, work: () => Promise<T>): Promise<T> => {
    if (isHit(codeId)) throw error();
    return work();
  };
  const hit = (tx: RegisterTransaction): RegisterTransaction => ({
    ...tx,
    lockCode: (codeId) => unlessHit(codeId, () => tx.lockCode(codeId)),
  });
  const { transaction, noteCreate, settleCancel } = world.register;
  return {
    ...world.register,
    noteCreate: (...args) => unlessHit(args[0].codeId, () => noteCreate(...args)),
    settleCancel: (settled) => unlessHit(settled.attempt.codeId, () => settleCancel(settled)),
    transaction: (work) => transaction((tx) => work(hit(tx))),
  };
}

const lockTimeout = () => new Failure('DatabaseUnavailable', { detail: 'lock timeout' });
const leasedCodes = async () => {
  const { rows } = await test.db.query<{ leased: string[] }>(
    `select coalesce(array_agg(code_id), '{}') as leased from codes where lease_until > clock_timestamp()`,
  );
  return rows[0]?.leased;
};

describe('a tenant in trouble', () => {
  it('delays nobody else, however many codes it has', async () => {
    await createOf('org-bad', 60);
    world.passS(60);
    const good = await createOf('org-good', 3);
    world.passS(6 * dayS);
    const upstream = upstreamRefusing(['org-bad'], 'UnauthorizedOperation');
    const report = await run({ upstream });
    expect(report).toMatchObject({ renewed: good.length, tenantsSetAside: 1, ended: 'done' });
    expect(report.retrying).toBeLessThanOrEqual(5 + 3);
    expect(await leasedCodes()).toEqual([]);
  });

  it('is not alone, and the others are renewed all the same', async () => {
    const bad = ['org-1', 'org-2', 'org-3', 'org-4'];
    for (const organization of bad) await createOf(organization, 12);
    const good = await createOf('org-good', 2);
    world.passS(6 * dayS);
    const report = await run({ upstream: upstreamRefusing(bad, 'FailedOperation') });
    expect(report).toMatchObject({ renewed: good.length, tenantsSetAside: 4, ended: 'done' });
  });

  it('is tried again in the next run', async () => {
    await createOf('org-bad', 20);
    world.passS(6 * dayS);
    await run({ upstream: upstreamRefusing(['org-bad'], 'UnauthorizedOperation') });
    expect(await run()).toMatchObject({ tenantsSetAside: 0, ended: 'done' });
    world.passS(3600);
    await run();
    expect(world.fake.alive()).toHaveLength(40);
  });

  it('delays no cancel of another', async () => {
    const bad = await createOf('org-bad', 12);
    const good = await createOf('org-good', 2);
    const upstream = upstreamRefusing(['org-bad'], 'FailedOperation');
    for (const codeId of [...bad, ...good]) await failToCancel(codeId);
    world.passS(120);
    const report = await run({ upstream });
    expect(report.cancelled).toBe(2);
    expect(report.cancelsFailed).toBeLessThanOrEqual(5 + 3);
    expect(world.fake.alive()).toHaveLength(12);
  });

  it('delays no cancel by what is thrown while one is written down', async () => {
    const ids = await createOf('org-a', 3);
    for (const codeId of ids) await failToCancel(codeId);
    world.passS(120);
    const register = registerThrowing((codeId) => codeId === ids[0], lockTimeout);
    expect(await run({ register })).toMatchObject({ cancelled: 2, cancelsFailed: 1 });
    expect(errors).toMatchObject([{ step: 'cancel', qrCodeId: expect.any(String) }]);
  });

  /** The wish is in the journal, and upstream could not be asked. */
  async function failToCancel(codeId: string): Promise<void> {
    const command = { key: { by: 'CodeId', value: codeId } as const, scope: null, actor: 'key:test' };
    world.fake.faults.push('unreachable');
    await expect(cancelCode(world.ports, command, world.clock.ms + 9000)).rejects.toThrow();
  }
});

describe('a tenant with very many codes', () => {
  it('leaves room for the others from the second refill on', async () => {
    await createOf('org-large', 60);
    world.passS(60);
    const small = await createOf('org-small', 2);
    world.passS(6 * dayS);
    const order: string[] = [];
    const upstream: Upstream = {
      call(action, request, call) {
        order.push(organizationOf(request));
        return world.fake.upstream.call(action, request, call);
      },
    };
    expect(await run({ upstream })).toMatchObject({ renewed: 62 });
    expect(order.lastIndexOf('org-small')).toBeLessThan(2 * 2 * 4);
    expect(small).toHaveLength(2);
  });
});

describe('trouble that is everybody’s', () => {
  it('ends the run after a few calls', async () => {
    for (let i = 0; i < 20; i++) await createOf(`org-${i}`, 1);
    world.passS(6 * dayS);
    world.fake.faults.push(...Array<'unreachable'>(40).fill('unreachable'));
    const report = await run();
    expect(report.ended).toBe('trouble');
    expect(report.retrying).toBeLessThanOrEqual(3 + 3);
    expect(await leasedCodes()).toEqual([]);
  });

  it('is a wrong key of the deployment', async () => {
    for (let i = 0; i < 20; i++) await createOf(`org-${i}`, 1);
    world.passS(6 * dayS);
    const all = Array.from({ length: 20 }, (_, i) => `org-${i}`);
    const report = await run({ upstream: upstreamRefusing(all, 'AuthFailure.SignatureFailure') });
    expect(report.ended).toBe('trouble');
    expect(report.retrying).toBeLessThanOrEqual(3 + 3);
  });

  it('is a database that is away: the run ends, and fails', async () => {
    await createOf('org-a', 40);
    world.passS(6 * dayS);
    const register = registerThrowing(() => true, lockTimeout);
    const away = { ...register, claimDue: () => Promise.reject(lockTimeout()) };
    await expect(run({ register: away })).rejects.toMatchObject({ code: 'DatabaseUnavailable' });
    const report = await run({ register });
    expect(report).toMatchObject({ renewed: 0, ended: 'trouble' });
    expect(report.broken).toBeLessThanOrEqual(5 + 3);
  });
});

describe('a code that cannot be written', () => {
  it.each([
    ['because somebody holds it', lockTimeout],
    ['because of what it is', () => new Failure('InternalFailure', { detail: 'a check constraint' })],
    ['because of a mistake of ours', () => new TypeError('undefined is not a function')],
  ])('(%s) delays nobody else', async (_, error) => {
    const ids = await createOf('org-a', 30);
    world.passS(6 * dayS);
    const register = registerThrowing((codeId) => codeId === ids[5], error);
    const report = await run({ register });
    expect(report).toMatchObject({ renewed: 29, broken: 1, ended: 'done' });
    expect(errors).toEqual([{ step: 'renew', codeId: ids[5] }]);
    expect(await leasedCodes()).toEqual([ids[5]]);
    await world.leasesRunOut();
    expect(await run()).toMatchObject({ renewed: 1, broken: 0 });
  });

  it('after its successor was made leaves none that nobody owns', async () => {
    const [hit, other] = await createOf('org-a', 2);
    world.passS(6 * dayS);
    const refusing = (tx: RegisterTransaction): RegisterTransaction => ({
      ...tx,
      insertGeneration: async (generation) => {
        if (generation.codeId === hit) throw new Failure('InternalFailure', { detail: 'a constraint' });
        return tx.insertGeneration(generation);
      },
    });
    const { transaction, transactionIf } = world.register;
    const register: RunPorts['register'] = {
      ...world.register,
      transaction: (work) => transaction((tx) => work(refusing(tx))),
      transactionIf: (presumed, work) => transactionIf(presumed, (tx) => work(refusing(tx))),
    };
    expect(await run({ register })).toMatchObject({ renewed: 1, broken: 1 });
    expect(world.fake.alive()).toHaveLength(4);
    expect(await run()).toMatchObject({ cancelled: 1 });
    expect(world.fake.alive()).toHaveLength(3);
    world.passS(3600);
    expect(await run()).toMatchObject({ renewed: 1 });
    for (const codeId of [hit, other]) {
      expect(await world.record(codeId ?? '')).toMatchObject({
        code: { generationsMade: 2 },
        possibleOrphans: 0,
      });
    }
  });

  it('is not the first in line when it can be written again', async () => {
    const ids = await createOf('org-a', 3);
    world.passS(6 * dayS);
    let isFirst = true;
    const register = registerThrowing(
      (codeId) => codeId === ids[0] && isFirst,
      () => {
        isFirst = false;
        return new Failure('InternalFailure', { detail: 'once' });
      },
    );
    expect(await run({ register })).toMatchObject({ renewed: 2, retrying: 1 });
    expect(await leasedCodes()).toEqual([]);
    const { code } = await world.record(ids[0] ?? '');
    expect(code).toMatchObject({ failures: 1, reason: { code: 'RenewalTransient' } });
    expect(code.dueAtS).toBeGreaterThan(world.clock.ms / 1000);
  });
});

describe('a step that fails', () => {
  it.each(['markExpired', 'releaseHeld', 'claimProbes', 'holdBlocked', 'emitExpiring'] as const)(
    '(%s) costs the renewals nothing',
    async (name) => {
      await createOf('org-a', 2);
      world.passS(6 * dayS);
      const register = { ...world.register, [name]: () => Promise.reject(lockTimeout()) };
      expect(await run({ register })).toMatchObject({ renewed: 2, ended: 'done' });
      expect(errors).toHaveLength(1);
    },
  );

  it('is a claim that took too long once', async () => {
    await createOf('org-a', 2);
    world.passS(6 * dayS);
    let claims = 0;
    const { claimDue } = world.register;
    const register: RunPorts['register'] = {
      ...world.register,
      claimDue: async (...args) => {
        claims += 1;
        if (claims === 1) throw lockTimeout();
        return claimDue(...args);
      },
    };
    expect(await run({ register })).toMatchObject({ renewed: 2 });
  });

  it('does not put a probe off for which there is no time', async () => {
    let probes = 0;
    const claimProbes = async () => {
      probes += 1;
      return [];
    };
    const register = { ...world.register, claimProbes };
    await run({ register }, { deadlineMs: world.clock.ms + 4000 });
    expect(probes).toBe(0);
  });
});
