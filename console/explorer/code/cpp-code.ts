import { indentedJson } from './indented-json.ts';
import { inDoubleQuotes, without } from './literals.ts';
import { endpointOf, type UpstreamCall } from './upstream-call.ts';

/**
 * For tencentcloud-sdk-cpp 3. By its common client, which takes JSON: the requests of its clients are filled member by
 * member. What it prints is the whole answer, with `Response` around it.
 */
export function cppCode({ action, body, host, region = '', version }: UpstreamCall): string {
  const { endpoint, isPlain } = endpointOf(host);
  const protocol = isPlain ? '\n    httpProfile.SetProtocol(HttpProfile::Scheme::HTTP);' : '';
  return `// c++ -std=c++11 main.cpp -ltencentcloud-cpp-core
#include <cstdlib>
#include <iostream>
#include <string>

#include <tencentcloud/core/CommonClient.h>
#include <tencentcloud/core/Credential.h>
#include <tencentcloud/core/TencentCloud.h>
#include <tencentcloud/core/profile/ClientProfile.h>
#include <tencentcloud/core/profile/HttpProfile.h>

using namespace TencentCloud;

static std::string variable(const char *name)
{
    const char *value = std::getenv(name);
    return value == nullptr ? "" : value;
}

int main()
{
    InitAPI();
    Credential credential(variable("TENCENTCLOUD_SECRET_ID"), variable("TENCENTCLOUD_SECRET_KEY"));
    HttpProfile httpProfile;
    httpProfile.SetEndpoint(${inDoubleQuotes(endpoint)});${protocol}
    ClientProfile clientProfile(httpProfile);
    CommonClient client("essbasic", ${inDoubleQuotes(version)}, credential, ${inDoubleQuotes(region)}, clientProfile);

    const std::string body = R"json(${without(')json', indentedJson(body))})json";
    auto outcome = client.MakeRequestJson(${inDoubleQuotes(action)}, body);
    if (outcome.IsSuccess())
    {
        auto answer = outcome.GetResult();
        std::cout << std::string(answer.Body(), answer.BodySize()) << std::endl;
    }
    else
    {
        std::cerr << outcome.GetError().PrintAll() << std::endl;
    }
    ShutdownAPI();
    return outcome.IsSuccess() ? 0 : 1;
}
`;
}
