import { indentedJson } from './indented-json.ts';
import { inSingleQuotes, without } from './literals.ts';
import { digitsOf, endpointOf, type UpstreamCall } from './upstream-call.ts';

/** For tencentcloud-sdk-python 3. */
export function pythonCode({ action, body, host, region = '', version }: UpstreamCall): string {
  const { endpoint, isPlain } = endpointOf(host);
  const protocol = isPlain ? `protocol='http', ` : '';
  return `# pip install tencentcloud-sdk-python-essbasic
import os

from tencentcloud.common import credential
from tencentcloud.common.profile.client_profile import ClientProfile
from tencentcloud.common.profile.http_profile import HttpProfile
from tencentcloud.essbasic.v${digitsOf(version)} import essbasic_client, models

client = essbasic_client.EssbasicClient(
    credential.Credential(os.environ['TENCENTCLOUD_SECRET_ID'], os.environ['TENCENTCLOUD_SECRET_KEY']),
    ${inSingleQuotes(region)},
    ClientProfile(httpProfile=HttpProfile(${protocol}endpoint=${inSingleQuotes(endpoint)})),
)

request = models.${action}Request()
request.from_json_string(r'''${without("'''", indentedJson(body))}''')

answer = client.${action}(request)
print(answer.to_json_string(indent=2))
`;
}
