import { indentedJson } from './indented-json.ts';
import { inSingleQuotes } from './literals.ts';
import { digitsOf, endpointOf, type UpstreamCall } from './upstream-call.ts';

/** For tencentcloud-sdk-php 3. */
export function phpCode({ action, body, host, region = '', version }: UpstreamCall): string {
  const { endpoint, isPlain } = endpointOf(host);
  const protocol = isPlain ? '\n$httpProfile->setProtocol(HttpProfile::$REQ_HTTP);' : '';
  const room = `TencentCloud\\Essbasic\\V${digitsOf(version)}`;
  return `<?php
// composer require tencentcloud/essbasic
require_once 'vendor/autoload.php';

use TencentCloud\\Common\\Credential;
use TencentCloud\\Common\\Profile\\ClientProfile;
use TencentCloud\\Common\\Profile\\HttpProfile;
use ${room}\\EssbasicClient;
use ${room}\\Models\\${action}Request;

$httpProfile = new HttpProfile();
$httpProfile->setEndpoint(${inSingleQuotes(endpoint)});${protocol}
$clientProfile = new ClientProfile();
$clientProfile->setHttpProfile($httpProfile);
$credential = new Credential(getenv('TENCENTCLOUD_SECRET_ID'), getenv('TENCENTCLOUD_SECRET_KEY'));
$client = new EssbasicClient($credential, ${inSingleQuotes(region)}, $clientProfile);

$request = new ${action}Request();
$request->fromJsonString(<<<'JSON'
${indentedJson(body)}
JSON
);

$answer = $client->${action}($request);
echo $answer->toJsonString(), PHP_EOL;
`;
}
