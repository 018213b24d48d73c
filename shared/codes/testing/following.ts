import { linkReads } from '../../store/register/link-reads.ts';
import type { TestDatabase } from '../../store/testing/database.ts';
import type { Code } from '../code.ts';
import { modifyCode } from '../life/modify-code.ts';
import { type FollowPorts, followLink } from '../renewal/follow-link.ts';
import { renewCode } from '../renewal/renew-code.ts';
import type { RenewalPolicyInput } from '../renewal/renewal-policy.ts';
import { createRequest, type World } from './world.ts';

/** People who follow stable links, and what is done to the codes behind them. */
export function following({ test, world }: { test: TestDatabase; world: World }) {
  function ports(changes: Partial<FollowPorts> = {}): FollowPorts {
    return {
      register: linkReads(test.db),
      surroundings: world.ports.surroundings,
      renew: async (claim, deadlines) => {
        await renewCode({ ...world.ports, actor: 'stable-link' }, claim, deadlines);
      },
      ...changes,
    };
  }

  const follow = ({ slug }: Code, changes?: Partial<FollowPorts>) =>
    followLink(ports(changes), slug, world.clock.ms + 9_000);

  async function create(policy: RenewalPolicyInput = {}): Promise<Code> {
    const { code } = await world.create(createRequest(), { policy });
    return code;
  }

  /** So many contracts of the ten are charged for. */
  const use = ({ current }: Code, times: number) => world.receiver.charge(current?.qrCodeId ?? '', times);

  async function modify(code: Code, operation: 'Pause' | 'Resume') {
    const { version } = (await world.record(code.codeId)).code;
    const key = { by: 'CodeId', value: code.codeId } as const;
    await modifyCode(world.ports, { key, scope: null, version, operation, actor: 'key:test' });
  }

  return { ports, follow, create, use, modify };
}
