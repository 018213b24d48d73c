import { indentedJson } from './indented-json.ts';
import { inDoubleQuotes, without } from './literals.ts';
import { digitsOf, endpointOf, type UpstreamCall } from './upstream-call.ts';

/** For tencentcloud-sdk-go 1, as gofmt lays it out. */
export function goCode({ action, body, host, region = '', version }: UpstreamCall): string {
  const { endpoint, isPlain } = endpointOf(host);
  const scheme = isPlain ? '\n\tclientProfile.HttpProfile.Scheme = "HTTP"' : '';
  return `// go get github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/essbasic
package main

import (
	"fmt"
	"log"
	"os"

	"github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/common"
	"github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/common/profile"
	essbasic "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/essbasic/v${digitsOf(version)}"
)

func main() {
	credential := common.NewCredential(
		os.Getenv("TENCENTCLOUD_SECRET_ID"),
		os.Getenv("TENCENTCLOUD_SECRET_KEY"),
	)
	clientProfile := profile.NewClientProfile()
	clientProfile.HttpProfile.Endpoint = ${inDoubleQuotes(endpoint)}${scheme}
	client, err := essbasic.NewClient(credential, ${inDoubleQuotes(region)}, clientProfile)
	if err != nil {
		log.Fatal(err)
	}

	request := essbasic.New${action}Request()
	err = request.FromJsonString(\`${bodyOf(body)}\`)
	if err != nil {
		log.Fatal(err)
	}
	answer, err := client.${action}(request)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(answer.ToJsonString())
}
`;
}

/** Go reads a byte order mark nowhere but at the very beginning of a file. */
const bodyOf = (body: string) => without('`', without('\ufeff', indentedJson(body)));
