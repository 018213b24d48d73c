import { useEffect, useState } from 'preact/hooks';
import { call } from '../../api/call.ts';
import { TextField } from '../../parts/field.tsx';
import { identity } from '../../state/session.ts';
import { say } from '../../texts/say.ts';

/** For whom a code is made: as the key says, else as the newest code was made. */
export function WhoseBehalf() {
  const { Agent, Organizations } = identity.value ?? { Agent: null, Organizations: null };
  const [known, setKnown] = useState({
    organization: Agent?.ProxyOrganizationOpenId ?? Organizations?.[0] ?? '',
    operator: Agent?.ProxyOperatorOpenId ?? '',
  });
  useEffect(() => {
    if (Agent !== null) return;
    call('DescribeMultiFlowSignQRCodes', { Limit: 1 }, { step: 'stepTemplates' }).then(
      ({ Codes: [newest] }) => {
        if (newest === undefined) return;
        const { ProxyOrganizationOpenId: organization, ProxyOperatorOpenId: operator } = newest;
        setKnown((now) => (now.organization === '' ? { organization, operator } : now));
      },
      // A proposal that does not come: the person fills it in.
      () => undefined,
    );
  }, [Agent]);
  const note = (name: 'organization' | 'operator') => ({
    name,
    value: known[name],
    required: true,
    autocomplete: 'off' as const,
    spellcheck: false,
    onInput: ({ currentTarget }: { currentTarget: HTMLInputElement }) =>
      setKnown({ ...known, [name]: currentTarget.value }),
  });
  return (
    <div class="fields">
      <TextField label={say('createOrganization')} {...note('organization')} />
      <TextField label={say('createOperator')} {...note('operator')} />
    </div>
  );
}
