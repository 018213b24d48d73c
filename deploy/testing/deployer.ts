import type { CloudApi } from '../cloud-api.ts';
import type { DesiredState } from '../desired-state.ts';
import { createPatientApi } from '../patient-api.ts';
import { type Planner, removing, towards } from '../plan.ts';
import { readState } from '../read-state.ts';
import { type Outcome, reconcile } from '../reconcile.ts';
import { createTestClock } from './project.ts';

/** One run of the deployer against an API. */
export async function deployOnce(api: CloudApi, desired: DesiredState, planner?: Planner): Promise<Outcome> {
  const clock = createTestClock();
  const patient = createPatientApi(api, clock);
  const current = await readState(patient, desired);
  const { namespace } = desired;
  return reconcile({ planner: planner ?? towards(desired), current, api: patient, clock, namespace });
}

export const removeOnce = (api: CloudApi, desired: DesiredState) =>
  deployOnce(api, desired, removing(desired));
