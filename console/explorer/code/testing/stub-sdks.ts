/**
 * In place of the SDKs, which come from registries that a test cannot count on: what the code of a call uses of them, by
 * their own names, of which each prints the body that it is given. Files by their path, for one action.
 */
export const stubAction = 'ChannelCreateMultiFlowSignQRCode';

type Files = Readonly<Record<string, string>>;

const python: Files = {
  'tencentcloud/__init__.py': '',
  'tencentcloud/common/__init__.py': '',
  'tencentcloud/common/credential.py': `class Credential:
    def __init__(self, secret_id, secret_key):
        assert (secret_id, secret_key) == ('id', 'key')
`,
  'tencentcloud/common/profile/__init__.py': '',
  'tencentcloud/common/profile/client_profile.py': `class ClientProfile:
    def __init__(self, httpProfile):
        self.httpProfile = httpProfile
`,
  'tencentcloud/common/profile/http_profile.py': `class HttpProfile:
    def __init__(self, protocol, endpoint):
        assert (protocol, endpoint) == ('http', '127.0.0.1:9300')
`,
  'tencentcloud/essbasic/__init__.py': '',
  'tencentcloud/essbasic/v20210526/__init__.py': '',
  'tencentcloud/essbasic/v20210526/models.py': `class ${stubAction}Request:
    def from_json_string(self, text):
        self.text = text
`,
  'tencentcloud/essbasic/v20210526/essbasic_client.py': `class Answer:
    def __init__(self, text):
        self.text = text
    def to_json_string(self, indent):
        return self.text

class EssbasicClient:
    def __init__(self, credential, region, profile):
        assert region == ''
    def ${stubAction}(self, request):
        return Answer(request.text)
`,
};

const php: Files = {
  'vendor/autoload.php': `<?php
namespace TencentCloud\\Common {
    class Credential { function __construct(string $id, string $key) { assert($id === 'id' && $key === 'key'); } }
}
namespace TencentCloud\\Common\\Profile {
    class HttpProfile {
        public static $REQ_HTTP = 'http://';
        function setEndpoint(string $endpoint) { assert($endpoint === '127.0.0.1:9300'); }
        function setProtocol(string $protocol) { assert($protocol === 'http://'); }
    }
    class ClientProfile { function setHttpProfile(HttpProfile $profile) {} }
}
namespace TencentCloud\\Essbasic\\V20210526\\Models {
    class ${stubAction}Request {
        public string $text;
        function fromJsonString(string $text) { $this->text = $text; }
        function toJsonString() { return $this->text; }
    }
}
namespace TencentCloud\\Essbasic\\V20210526 {
    class EssbasicClient {
        function __construct(\\TencentCloud\\Common\\Credential $credential, string $region, $profile) {}
        function ${stubAction}(Models\\${stubAction}Request $request) { return $request; }
    }
}
`,
};

const goRoom = 'src/github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud';
const go: Files = {
  [`${goRoom}/common/credentials.go`]: `package common

type Credential struct{}

func NewCredential(secretId, secretKey string) *Credential {
	if secretId != "id" || secretKey != "key" {
		panic(secretId)
	}
	return &Credential{}
}
`,
  [`${goRoom}/common/profile/profile.go`]: `package profile

type HttpProfile struct{ Endpoint, Scheme string }
type ClientProfile struct{ HttpProfile *HttpProfile }

func NewClientProfile() *ClientProfile { return &ClientProfile{&HttpProfile{}} }
`,
  [`${goRoom}/essbasic/v20210526/client.go`]: `package v20210526

import (
	"errors"

	"github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/common"
	"github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/common/profile"
)

type Client struct{}
type ${stubAction}Request struct{ text string }

func NewClient(credential *common.Credential, region string, p *profile.ClientProfile) (*Client, error) {
	if p.HttpProfile.Endpoint != "127.0.0.1:9300" || p.HttpProfile.Scheme != "HTTP" {
		return nil, errors.New(p.HttpProfile.Endpoint)
	}
	return &Client{}, nil
}
func New${stubAction}Request() *${stubAction}Request { return &${stubAction}Request{} }
func (r *${stubAction}Request) FromJsonString(text string) error { r.text = text; return nil }
func (r *${stubAction}Request) ToJsonString() string { return r.text }
func (c *Client) ${stubAction}(r *${stubAction}Request) (*${stubAction}Request, error) { return r, nil }
`,
};

const javaRoom = 'com/tencentcloudapi';
const java: Files = {
  [`${javaRoom}/common/AbstractModel.java`]: `package com.tencentcloudapi.common;
public class AbstractModel {
    public String text;
    public static <O> O fromJsonString(String json, Class<O> type) {
        try {
            O model = type.getDeclaredConstructor().newInstance();
            ((AbstractModel) model).text = json;
            return model;
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
    public static <O extends AbstractModel> String toJsonString(O model) { return model.text; }
}
`,
  [`${javaRoom}/common/Credential.java`]: `package com.tencentcloudapi.common;
public class Credential {
    public Credential(String id, String key) {
        if (!id.equals("id") || !key.equals("key")) throw new IllegalArgumentException(id);
    }
}
`,
  [`${javaRoom}/common/exception/TencentCloudSDKException.java`]: `package com.tencentcloudapi.common.exception;
public class TencentCloudSDKException extends Exception {}
`,
  [`${javaRoom}/common/profile/HttpProfile.java`]: `package com.tencentcloudapi.common.profile;
public class HttpProfile {
    public static final String REQ_HTTP = "http://";
    public void setEndpoint(String endpoint) {
        if (!endpoint.equals("127.0.0.1:9300")) throw new IllegalArgumentException(endpoint);
    }
    public void setProtocol(String protocol) {}
}
`,
  [`${javaRoom}/common/profile/ClientProfile.java`]: `package com.tencentcloudapi.common.profile;
public class ClientProfile {
    public void setHttpProfile(HttpProfile profile) {}
}
`,
  ...Object.fromEntries(
    ['Request', 'Response'].map((kind) => [
      `${javaRoom}/essbasic/v20210526/models/${stubAction}${kind}.java`,
      `package com.tencentcloudapi.essbasic.v20210526.models;
public class ${stubAction}${kind} extends com.tencentcloudapi.common.AbstractModel {}
`,
    ]),
  ),
  [`${javaRoom}/essbasic/v20210526/EssbasicClient.java`]: `package com.tencentcloudapi.essbasic.v20210526;
import com.tencentcloudapi.common.*;
import com.tencentcloudapi.common.exception.TencentCloudSDKException;
import com.tencentcloudapi.common.profile.ClientProfile;
import com.tencentcloudapi.essbasic.v20210526.models.*;
public class EssbasicClient {
    public EssbasicClient(Credential credential, String region, ClientProfile profile) {}
    public ${stubAction}Response ${stubAction}(${stubAction}Request request) throws TencentCloudSDKException {
        return AbstractModel.fromJsonString(request.text, ${stubAction}Response.class);
    }
}
`,
};

const dotnet: Files = {
  'Stub.cs': `namespace TencentCloud.Common
{
    public class Credential { public string SecretId { get; set; } public string SecretKey { get; set; } }
    public abstract class AbstractModel
    {
        public string Text;
        public static V FromJsonString<V>(string json)
        {
            V model = System.Activator.CreateInstance<V>();
            ((AbstractModel)(object)model).Text = json;
            return model;
        }
        public static string ToJsonString<V>(V model) where V : AbstractModel { return model.Text; }
    }
}
namespace TencentCloud.Common.Profile
{
    public class HttpProfile
    {
        public static readonly string REQ_HTTP = "http://";
        public string Endpoint { get; set; }
        public string Protocol { get; set; }
    }
    public class ClientProfile { public HttpProfile HttpProfile { get; set; } }
}
namespace TencentCloud.Essbasic.V20210526.Models
{
    public class ${stubAction}Request : TencentCloud.Common.AbstractModel {}
    public class ${stubAction}Response : TencentCloud.Common.AbstractModel {}
}
namespace TencentCloud.Essbasic.V20210526
{
    using System.Threading.Tasks;
    using TencentCloud.Common;
    using TencentCloud.Essbasic.V20210526.Models;
    public class EssbasicClient
    {
        public EssbasicClient(Credential credential, string region, TencentCloud.Common.Profile.ClientProfile profile)
        {
            if (credential.SecretId != "id" || credential.SecretKey != "key") throw new System.ArgumentException();
            if (profile.HttpProfile.Endpoint != "127.0.0.1:9300") throw new System.ArgumentException();
        }
        public Task<${stubAction}Response> ${stubAction}(${stubAction}Request request)
        {
            return Task.FromResult(new ${stubAction}Response { Text = request.Text });
        }
    }
}
`,
};

const cppRoom = 'tencentcloud/core';
const cpp: Files = {
  [`${cppRoom}/TencentCloud.h`]: `namespace TencentCloud { inline void InitAPI() {} inline void ShutdownAPI() {} }
`,
  [`${cppRoom}/Credential.h`]: `#pragma once
#include <stdexcept>
#include <string>
namespace TencentCloud {
struct Credential {
    Credential(const std::string &id, const std::string &key) { if (id != "id" || key != "key") throw std::invalid_argument(id); }
};
}
`,
  [`${cppRoom}/profile/HttpProfile.h`]: `#pragma once
#include <stdexcept>
#include <string>
namespace TencentCloud {
struct HttpProfile {
    enum Scheme { HTTPS, HTTP };
    void SetEndpoint(const std::string &endpoint) { if (endpoint != "127.0.0.1:9300") throw std::invalid_argument(endpoint); }
    void SetProtocol(const Scheme &) {}
};
}
`,
  [`${cppRoom}/profile/ClientProfile.h`]: `#pragma once
#include "HttpProfile.h"
namespace TencentCloud { struct ClientProfile { ClientProfile(const HttpProfile &) {} }; }
`,
  [`${cppRoom}/CommonClient.h`]: `#pragma once
#include "Credential.h"
#include "profile/ClientProfile.h"
namespace TencentCloud {
struct Error { std::string PrintAll() const { return ""; } };
struct Answer {
    std::string text;
    const char *Body() const { return text.data(); }
    size_t BodySize() const { return text.size(); }
};
struct Outcome {
    Answer answer;
    bool IsSuccess() const { return true; }
    Error GetError() { return Error(); }
    Answer GetResult() const { return answer; }
};
struct CommonClient {
    CommonClient(const std::string &, const std::string &, const Credential &, const std::string &, const ClientProfile &) {}
    Outcome MakeRequestJson(const std::string &, const std::string &params) { return Outcome{Answer{params}}; }
};
}
`,
};

export const stubSdks = { Python: python, PHP: php, Go: go, Java: java, '.NET': dotnet, 'C++': cpp } as const;
