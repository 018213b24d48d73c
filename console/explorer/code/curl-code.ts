import { indentedJson } from './indented-json.ts';
import { inShell } from './literals.ts';
import { endpointOf, type UpstreamCall } from './upstream-call.ts';

/**
 * Signed with TC3-HMAC-SHA256 by openssl, in any shell of POSIX. The time and the date are asked for at once, so that
 * they agree at midnight.
 */
export function curlCode({ action, body, host, region, version }: UpstreamCall): string {
  const { endpoint, isPlain } = endpointOf(host);
  const headers = [
    '-H "Authorization: $authorization"',
    "-H 'Content-Type: application/json'",
    `-H ${inShell(`X-TC-Action: ${action}`)}`,
    '-H "X-TC-Timestamp: $timestamp"',
    `-H ${inShell(`X-TC-Version: ${version}`)}`,
    ...(region ? [`-H ${inShell(`X-TC-Region: ${region}`)}`] : []),
  ];
  return `host=${inShell(endpoint)}
body=${inShell(indentedJson(body))}

now=$(date -u '+%s %Y-%m-%d')
timestamp=\${now% *}
date=\${now#* }
sha256() { openssl dgst -sha256 "$@" | sed 's/^.*= //'; }
hmac() { printf %s "$2" | sha256 -mac HMAC -macopt "$1"; }

canonical_request="POST
/

content-type:application/json
host:$host

content-type;host
$(printf %s "$body" | sha256)"
scope="$date/essbasic/tc3_request"
string_to_sign="TC3-HMAC-SHA256
$timestamp
$scope
$(printf %s "$canonical_request" | sha256)"
secret_date=$(hmac "key:TC3$TENCENTCLOUD_SECRET_KEY" "$date")
secret_service=$(hmac "hexkey:$secret_date" essbasic)
secret_signing=$(hmac "hexkey:$secret_service" tc3_request)
signature=$(hmac "hexkey:$secret_signing" "$string_to_sign")
authorization="TC3-HMAC-SHA256 Credential=$TENCENTCLOUD_SECRET_ID/$scope, SignedHeaders=content-type;host, Signature=$signature"

curl "${isPlain ? 'http' : 'https'}://$host/" \\
  ${headers.join(' \\\n  ')} \\
  --data-binary "$body"
`;
}
