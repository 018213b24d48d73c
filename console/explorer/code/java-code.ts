import { indentedJson } from './indented-json.ts';
import { inDoubleQuotes } from './literals.ts';
import { digitsOf, endpointOf, type UpstreamCall } from './upstream-call.ts';

/** For tencentcloud-sdk-java 3, without text blocks: the SDK runs on Java 8. */
export function javaCode({ action, body, host, region = '', version }: UpstreamCall): string {
  const { endpoint, isPlain } = endpointOf(host);
  const protocol = isPlain ? '\n        httpProfile.setProtocol(HttpProfile.REQ_HTTP);' : '';
  const room = `com.tencentcloudapi.essbasic.v${digitsOf(version)}`;
  return `// Maven: com.tencentcloudapi:tencentcloud-sdk-java-essbasic
import com.tencentcloudapi.common.AbstractModel;
import com.tencentcloudapi.common.Credential;
import com.tencentcloudapi.common.exception.TencentCloudSDKException;
import com.tencentcloudapi.common.profile.ClientProfile;
import com.tencentcloudapi.common.profile.HttpProfile;
import ${room}.EssbasicClient;
import ${room}.models.${action}Request;
import ${room}.models.${action}Response;

public class Main {
    public static void main(String[] args) throws TencentCloudSDKException {
        Credential credential = new Credential(
                System.getenv("TENCENTCLOUD_SECRET_ID"), System.getenv("TENCENTCLOUD_SECRET_KEY"));
        HttpProfile httpProfile = new HttpProfile();
        httpProfile.setEndpoint(${inDoubleQuotes(endpoint)});${protocol}
        ClientProfile clientProfile = new ClientProfile();
        clientProfile.setHttpProfile(httpProfile);
        EssbasicClient client = new EssbasicClient(credential, ${inDoubleQuotes(region)}, clientProfile);

        String body = ${lines(indentedJson(body))};
        ${action}Request request =
                AbstractModel.fromJsonString(body, ${action}Request.class);
        ${action}Response answer = client.${action}(request);
        System.out.println(AbstractModel.toJsonString(answer));
    }
}
`;
}

/** A text literal for each line. What JSON escapes in a text, Java escapes so too, but for U+2028 and the like, which pass. */
const lines = (json: string) =>
  json
    .split('\n')
    .map((line, index, all) => inDoubleQuotes(index === all.length - 1 ? line : `${line}\n`))
    .join('\n                + ');
