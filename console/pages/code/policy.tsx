import { useState } from 'preact/hooks';
import type { Code } from '../../api/answers.ts';
import { Facts } from '../../parts/facts.tsx';
import { mayChange } from '../../state/session.ts';
import { number, say, time } from '../../texts/say.ts';
import { EditPolicy } from './edit-policy.tsx';

/** When a successor is made, what it holds, and when it is enough. */
export function Policy({ code, onChange }: { code: Code; onChange: () => Promise<void> }) {
  const [isOpen, setOpen] = useState(false);
  const { RenewalPolicy: policy } = code;
  const { LifeS, EndsOn, TotalFlowBudget, MaxFlowNum } = policy;
  return (
    <section class="card">
      <h2>{say('policyTitle')}</h2>
      <Facts
        facts={[
          [say('policyEnabled'), say(policy.Enabled ? 'yes' : 'no')],
          [say('policyLead'), number(policy.LeadTimeS / 3600)],
          [say('policyPercent'), `${policy.ExhaustionPercent} %`],
          [say('policyMaxFlowNum'), MaxFlowNum === null ? say('policyAsFirst') : number(MaxFlowNum)],
          [say('policyLife'), LifeS === null ? say('policyAsFirst') : number(LifeS / 86_400)],
          [say('policyEndsOn'), EndsOn === null ? say('policyNoEnd') : time(EndsOn)],
          [say('policyMaxGenerations'), number(policy.MaxGenerations)],
          [say('policyBudget'), TotalFlowBudget === null ? say('policyNoEnd') : number(TotalFlowBudget)],
          [say('policyPredecessor'), say(policy.Predecessor === 'cancel' ? 'policyCancel' : 'policyExpire')],
        ]}
      />
      {mayChange.value && code.State !== 'Cancelled' && (
        <div class="buttons start">
          <button type="button" onClick={() => setOpen(true)}>
            {say('policyEdit')}
          </button>
        </div>
      )}
      {isOpen && <EditPolicy code={code} onChange={onChange} onClose={() => setOpen(false)} />}
    </section>
  );
}
