/** `npm run policies -- …`: the CAM policies that a deployment needs, and no more. */
import { processShell } from '../shared/shell/shell.ts';
import { runPolicies } from './policies/run-policies.ts';

process.exitCode = await runPolicies(process.argv.slice(2), processShell());
