import { indentedJson } from './indented-json.ts';
import { inSingleQuotes } from './literals.ts';
import { digitsOf, endpointOf, type UpstreamCall } from './upstream-call.ts';

/** For tencentcloud-sdk-nodejs 4. */
export function nodeCode({ action, body, host, region = '', version }: UpstreamCall): string {
  const { endpoint, isPlain } = endpointOf(host);
  const protocol = isPlain ? `, protocol: 'http://'` : '';
  return `// npm install tencentcloud-sdk-nodejs
const { essbasic } = require('tencentcloud-sdk-nodejs/tencentcloud/services/essbasic');

const client = new essbasic.v${digitsOf(version)}.Client({
  credential: {
    secretId: process.env.TENCENTCLOUD_SECRET_ID,
    secretKey: process.env.TENCENTCLOUD_SECRET_KEY,
  },
  region: ${inSingleQuotes(region)},
  profile: { httpProfile: { endpoint: ${inSingleQuotes(endpoint)}${protocol} } },
});

const request = ${indentedJson(body)};

client.${action}(request).then(
  (answer) => console.log(JSON.stringify(answer, null, 2)),
  (error) => {
    console.error(error);
    process.exitCode = 1;
  },
);
`;
}
