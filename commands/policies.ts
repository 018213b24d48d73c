/** `npm run policies -- …`: the CAM policies that a deployment needs, and no more. */
import { runPolicies } from './policies/run-policies.ts';
import { processShell } from './shell/run-command.ts';

process.exitCode = await runPolicies(process.argv.slice(2), processShell);
