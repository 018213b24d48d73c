import { indentedJson } from './indented-json.ts';
import { inDoubleQuotes } from './literals.ts';
import { digitsOf, endpointOf, type UpstreamCall } from './upstream-call.ts';

/** For TencentCloudSDK 3, in C# of any version. */
export function dotnetCode({ action, body, host, region = '', version }: UpstreamCall): string {
  const { endpoint, isPlain } = endpointOf(host);
  const protocol = isPlain ? '\n        httpProfile.Protocol = HttpProfile.REQ_HTTP;' : '';
  const room = `TencentCloud.Essbasic.V${digitsOf(version)}`;
  return `// dotnet add package TencentCloudSDK.Essbasic
using System;
using TencentCloud.Common;
using TencentCloud.Common.Profile;
using ${room};
using ${room}.Models;

public static class Program
{
    public static void Main()
    {
        Credential credential = new Credential
        {
            SecretId = Environment.GetEnvironmentVariable("TENCENTCLOUD_SECRET_ID"),
            SecretKey = Environment.GetEnvironmentVariable("TENCENTCLOUD_SECRET_KEY")
        };
        HttpProfile httpProfile = new HttpProfile();
        httpProfile.Endpoint = ${inDoubleQuotes(endpoint)};${protocol}
        ClientProfile clientProfile = new ClientProfile();
        clientProfile.HttpProfile = httpProfile;
        EssbasicClient client = new EssbasicClient(credential, ${inDoubleQuotes(region)}, clientProfile);

        string body = @"${indentedJson(body).replaceAll('"', '""')}";
        ${action}Request request =
            AbstractModel.FromJsonString<${action}Request>(body);
        ${action}Response answer =
            client.${action}(request).GetAwaiter().GetResult();
        Console.WriteLine(AbstractModel.ToJsonString(answer));
    }
}
`;
}
