import { indentedJson } from './indented-json.ts';
import { inShell } from './literals.ts';
import { endpointOf, type UpstreamCall } from './upstream-call.ts';

/** Any region will do, but tccli wants one. */
const anyRegion = 'ap-guangzhou';

/** For tccli 3. It takes JSON from files alone, and speaks HTTPS alone, whatever protocol the host asks for. */
export function tccliCode({ action, body, host, region = anyRegion, version }: UpstreamCall): string {
  const { endpoint } = endpointOf(host);
  return `# pip install tccli
tccli essbasic ${action} --version ${inShell(version)} \\
  --endpoint ${inShell(endpoint)} --region ${inShell(region)} --output json \\
  --cli-input-json file:///dev/stdin <<'JSON'
${indentedJson(body)}
JSON
`;
}
