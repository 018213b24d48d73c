import type { CloudApi } from '../cloud/cloud-api.ts';
import { createPatientApi } from '../cloud/patient-api.ts';
import { readState } from '../cloud/read-state.ts';
import { type Outcome, reconcile } from '../cloud/reconcile.ts';
import type { DesiredState } from '../plan/desired-state.ts';
import { type Planner, removing, towards } from '../plan/plan.ts';
import { createTestClock } from './project.ts';

/** One run of the deployer against an API. */
export async function deployOnce(api: CloudApi, desired: DesiredState, planner?: Planner): Promise<Outcome> {
  const clock = createTestClock();
  const patient = createPatientApi(api, clock);
  const current = await readState(patient, desired);
  return reconcile({ planner: planner ?? towards(desired), current, api: patient, clock, desired });
}

export const removeOnce = (api: CloudApi, desired: DesiredState) =>
  deployOnce(api, desired, removing(desired));
