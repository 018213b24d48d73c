// shared/errors.ts
var catalogue = {
  // What the caller sent.
  MalformedBody: {
    status: 400,
    retryable: false,
    expose: true,
    zh: "\u8BF7\u6C42\u4F53\u65E0\u6CD5\u89E3\u6790",
    en: "The body cannot be read"
  },
  InvalidRequest: {
    status: 400,
    retryable: false,
    expose: true,
    zh: "\u8BF7\u6C42\u53C2\u6570\u6709\u8BEF",
    en: "The request is not valid"
  },
  Unauthenticated: {
    status: 401,
    retryable: false,
    expose: true,
    zh: "\u672A\u901A\u8FC7\u8EAB\u4EFD\u9A8C\u8BC1",
    en: "No valid API key"
  },
  Forbidden: {
    status: 403,
    retryable: false,
    expose: true,
    zh: "\u65E0\u6743\u6267\u884C\u6B64\u64CD\u4F5C",
    en: "The API key does not allow this"
  },
  NotFound: { status: 404, retryable: false, expose: true, zh: "\u8D44\u6E90\u4E0D\u5B58\u5728", en: "There is no such thing" },
  MethodNotAllowed: {
    status: 405,
    retryable: false,
    expose: true,
    zh: "\u8BF7\u6C42\u65B9\u6CD5\u4E0D\u652F\u6301",
    en: "The method is not supported"
  },
  StateConflict: {
    status: 409,
    retryable: false,
    expose: true,
    zh: "\u5F53\u524D\u72B6\u6001\u4E0D\u5141\u8BB8\u6B64\u64CD\u4F5C",
    en: "The state does not allow this"
  },
  VersionConflict: {
    status: 409,
    retryable: false,
    expose: true,
    zh: "\u7248\u672C\u5DF2\u53D8\u5316",
    en: "The version has changed"
  },
  IdempotencyKeyInUse: {
    status: 409,
    retryable: true,
    expose: true,
    zh: "\u76F8\u540C\u5E42\u7B49\u952E\u7684\u8BF7\u6C42\u4ECD\u5728\u5904\u7406",
    en: "A request with this Idempotency-Key is still running"
  },
  BodyTooLarge: {
    status: 413,
    retryable: false,
    expose: true,
    zh: "\u8BF7\u6C42\u4F53\u8FC7\u5927",
    en: "The body is too large"
  },
  UnsupportedMediaType: {
    status: 415,
    retryable: false,
    expose: true,
    zh: "\u8BF7\u6C42\u4F53\u7C7B\u578B\u4E0D\u652F\u6301",
    en: "The body must be application/json"
  },
  IdempotencyKeyReused: {
    status: 422,
    retryable: false,
    expose: true,
    zh: "\u5E42\u7B49\u952E\u5DF2\u7528\u4E8E\u5176\u4ED6\u8BF7\u6C42",
    en: "This Idempotency-Key belongs to another payload"
  },
  TemplateUnfit: {
    status: 422,
    retryable: false,
    expose: true,
    zh: "\u6A21\u677F\u4E0D\u80FD\u751F\u6210\u7B7E\u7F72\u7801",
    en: "The template cannot carry a sign code"
  },
  RateLimited: {
    status: 429,
    retryable: true,
    expose: true,
    zh: "\u8BF7\u6C42\u8FC7\u4E8E\u9891\u7E41",
    en: "The rate limit of the upstream action is used up"
  },
  // What is wrong on our side.
  InternalFailure: {
    status: 500,
    retryable: false,
    expose: false,
    zh: "\u5185\u90E8\u9519\u8BEF",
    en: "Something went wrong inside"
  },
  Misconfigured: {
    status: 503,
    retryable: false,
    expose: true,
    zh: "\u90E8\u7F72\u914D\u7F6E\u4E0D\u5B8C\u6574",
    en: "The deployment is not configured"
  },
  DatabaseUnavailable: {
    status: 503,
    retryable: true,
    expose: false,
    zh: "\u6570\u636E\u5E93\u6682\u4E0D\u53EF\u7528",
    en: "The database cannot be reached"
  },
  DeadlineExceeded: {
    status: 504,
    retryable: true,
    expose: true,
    zh: "\u5269\u4F59\u65F6\u95F4\u4E0D\u8DB3\uFF0C\u672A\u6267\u884C",
    en: "Too little time was left, nothing was done"
  },
  // What happened on the way to upstream.
  UpstreamUnreachable: {
    status: 503,
    retryable: true,
    expose: true,
    zh: "\u65E0\u6CD5\u8FDE\u63A5\u4E0A\u6E38\uFF0C\u8BF7\u6C42\u672A\u53D1\u51FA",
    en: "Upstream cannot be reached, nothing was sent"
  },
  UpstreamTimeout: {
    status: 504,
    retryable: true,
    expose: true,
    zh: "\u4E0A\u6E38\u672A\u5728\u65F6\u9650\u5185\u5E94\u7B54",
    en: "Upstream did not answer in time"
  },
  UpstreamMalformedAnswer: {
    status: 502,
    retryable: false,
    expose: true,
    zh: "\u4E0A\u6E38\u5E94\u7B54\u65E0\u6CD5\u89E3\u6790",
    en: "The answer of upstream cannot be read"
  },
  UpstreamHttpStatus: {
    status: 502,
    retryable: true,
    expose: true,
    zh: "\u4E0A\u6E38\u8FD4\u56DE\u5F02\u5E38\u7684 HTTP \u72B6\u6001",
    en: "Upstream answered with an HTTP error"
  },
  UnknownOutcome: {
    status: 504,
    retryable: false,
    expose: true,
    zh: "\u7ED3\u679C\u672A\u77E5\uFF1A\u8BF7\u6C42\u5DF2\u53D1\u51FA\uFF0C\u672A\u6536\u5230\u5E94\u7B54",
    en: "The outcome is unknown: sent, but no answer came"
  }
};
var QianmaError = class extends Error {
  name = "QianmaError";
  code;
  status;
  retryable;
  expose;
  title;
  detail;
  problems;
  retryAfterS;
  upstreamRequestId;
  members;
  constructor(code, kind, facts) {
    super(`${code}: ${facts.detail ?? kind.en}`, facts.cause === void 0 ? void 0 : { cause: facts.cause });
    this.code = code;
    this.status = kind.status;
    this.retryable = kind.retryable;
    this.expose = kind.expose;
    this.title = { zh: kind.zh, en: kind.en };
    this.detail = facts.detail;
    this.problems = facts.problems ?? [];
    this.retryAfterS = facts.retryAfterS;
    this.upstreamRequestId = facts.upstreamRequestId;
    this.members = facts.members ?? {};
  }
};
var Failure = class extends QianmaError {
  name = "Failure";
  constructor(code, facts = {}) {
    super(code, catalogue[code], facts);
  }
};

// local/port-failure.ts
function portFailure(port, cause) {
  const code = cause instanceof Error && "code" in cause ? String(cause.code) : "unknown";
  const why = code === "EADDRINUSE" ? "is in use" : `cannot be used (${code})`;
  return new Failure("Misconfigured", { detail: `port ${port} ${why}`, cause });
}

// local/essbasic/create-emulator.ts
import { randomInt } from "node:crypto";
import { setTimeout as sleepForReal } from "node:timers/promises";

// local/essbasic/state/ids.ts
var alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
function upstreamId(random2) {
  return `yD${Array.from({ length: 30 }, () => alphabet[random2.integer(alphabet.length)]).join("")}`;
}
function numericRequestId(nowMs, random2) {
  const nanoseconds = BigInt(Math.floor(nowMs)) * 1000000n + BigInt(random2.integer(1e6));
  return `s${String(nanoseconds).padStart(19, "0").slice(-19)}`;
}
function uuid(random2) {
  const hex = Array.from({ length: 32 }, () => random2.integer(16));
  hex[12] = 4;
  hex[16] = 8 + random2.integer(4);
  const text = hex.map((digit) => digit.toString(16)).join("");
  return [
    [0, 8],
    [8, 12],
    [12, 16],
    [16, 20],
    [20, 32]
  ].map(([from, to]) => text.slice(from, to)).join("-");
}

// local/essbasic/state/world.ts
var organisationKey = ({ AppId, ProxyOrganizationOpenId: ProxyOrganizationOpenId2 }) => JSON.stringify([AppId, ProxyOrganizationOpenId2]);
function isOwner(one, other) {
  return one.AppId === other.AppId && one.ProxyOrganizationOpenId === other.ProxyOrganizationOpenId;
}
function createWorld() {
  return { applications: /* @__PURE__ */ new Map(), organisations: /* @__PURE__ */ new Map(), templates: /* @__PURE__ */ new Map(), codes: /* @__PURE__ */ new Map() };
}
function fillWorld(world, content) {
  const { applications: applications2, organisations: organisations2, templates: templates2, codes } = structuredClone(content);
  for (const map of [world.applications, world.organisations, world.templates, world.codes]) map.clear();
  for (const application of applications2) world.applications.set(application.AppId, application);
  for (const organisation of organisations2) {
    world.organisations.set(organisationKey(organisation), organisation);
  }
  for (const owned of templates2) world.templates.set(owned.template.TemplateId, owned);
  for (const code of codes) world.codes.set(code.QrCodeId, code);
}
function contentOf(world) {
  return structuredClone({
    applications: [...world.applications.values()],
    organisations: [...world.organisations.values()],
    templates: [...world.templates.values()],
    codes: [...world.codes.values()]
  });
}

// shared/contract/error-codes.ts
var errorCodes = {
  FailedOperation: { status: 502, retryable: false, expose: true, zh: "\u64CD\u4F5C\u5931\u8D25", en: "The operation failed" },
  "FailedOperation.QrCodeCreatorSignComponents": { status: 422, retryable: false, expose: true, zh: "\u6A21\u677F\u7684\u53D1\u8D77\u65B9\u5B58\u5728\u586B\u5199\u63A7\u4EF6", en: "The initiator of the template has fields to fill in" },
  "FailedOperation.QrCodeSignUsers": { status: 422, retryable: false, expose: true, zh: "\u6A21\u677F\u7B7E\u7F72\u4EBA\u4E0D\u5B58\u5728", en: "The template has no signer" },
  "FailedOperation.QrCodeTemplateId": { status: 422, retryable: false, expose: true, zh: "\u6A21\u677F\u4E0D\u6EE1\u8DB3\u751F\u6210\u7B7E\u7F72\u7801\u7684\u6761\u4EF6", en: "The template does not meet the conditions for a sign code" },
  "FailedOperation.RequestLimitExceeded": { status: 429, retryable: true, expose: true, zh: "\u8BF7\u6C42\u8D85\u8FC7\u9891\u7387\u9650\u5236", en: "Too many requests" },
  InternalError: { status: 502, retryable: true, expose: true, zh: "\u7535\u5B50\u7B7E\u5185\u90E8\u9519\u8BEF", en: "An internal error of Tencent e-sign" },
  "InternalError.DbRead": { status: 502, retryable: true, expose: true, zh: "\u7535\u5B50\u7B7E\u6570\u636E\u5E93\u8BFB\u53D6\u5931\u8D25", en: "Tencent e-sign could not read its database" },
  "InternalError.System": { status: 502, retryable: true, expose: true, zh: "\u7535\u5B50\u7B7E\u7CFB\u7EDF\u9519\u8BEF", en: "A system error of Tencent e-sign" },
  InvalidParameter: { status: 400, retryable: false, expose: true, zh: "\u53C2\u6570\u9519\u8BEF", en: "A parameter is wrong" },
  "InvalidParameter.Application": { status: 400, retryable: false, expose: true, zh: "\u5E94\u7528\u4FE1\u606F\u6709\u8BEF", en: "The application is wrong" },
  "InvalidParameter.CardNumber": { status: 400, retryable: false, expose: true, zh: "\u8BC1\u4EF6\u53F7\u7801\u4E0D\u5408\u6CD5", en: "The identity number is not valid" },
  "InvalidParameter.ContentType": { status: 400, retryable: false, expose: true, zh: "ContentType \u53D6\u503C\u6709\u8BEF", en: "ContentType is wrong" },
  "InvalidParameter.DataNotFound": { status: 404, retryable: false, expose: true, zh: "\u6570\u636E\u4E0D\u5B58\u5728", en: "The data does not exist" },
  "InvalidParameter.FlowName": { status: 400, retryable: false, expose: true, zh: "\u5408\u540C\u540D\u79F0\u4E0D\u5408\u6CD5", en: "The name of the contract is not valid" },
  "InvalidParameter.Mobile": { status: 400, retryable: false, expose: true, zh: "\u624B\u673A\u53F7\u4E0D\u5408\u6CD5", en: "The mobile number is not valid" },
  "InvalidParameter.Name": { status: 400, retryable: false, expose: true, zh: "\u59D3\u540D\u4E0D\u5408\u6CD5", en: "The name of the person is not valid" },
  "InvalidParameter.ParamError": { status: 400, retryable: false, expose: true, zh: "\u53C2\u6570\u9519\u8BEF", en: "A parameter is wrong" },
  "InvalidParameter.QrEffectDay": { status: 400, retryable: false, expose: true, zh: "\u7B7E\u7F72\u7801\u6709\u6548\u671F\u4E0D\u5408\u6CD5", en: "The life time of the code is not valid" },
  "InvalidParameter.QrFlowEffectDay": { status: 400, retryable: false, expose: true, zh: "\u5408\u540C\u6709\u6548\u671F\u4E0D\u5408\u6CD5", en: "The life time of the contracts is not valid" },
  "InvalidParameter.TemplateId": { status: 400, retryable: false, expose: true, zh: "\u6A21\u677F\u7F16\u53F7\u4E0D\u5408\u6CD5", en: "The id of the template is not valid" },
  InvalidParameterValue: { status: 400, retryable: false, expose: true, zh: "\u53C2\u6570\u53D6\u503C\u9519\u8BEF", en: "The value of a parameter is wrong" },
  MissingParameter: { status: 400, retryable: false, expose: true, zh: "\u7F3A\u5C11\u53C2\u6570", en: "A parameter is missing" },
  "MissingParameter.QrCodeId": { status: 400, retryable: false, expose: true, zh: "\u7F3A\u5C11\u7B7E\u7F72\u7801\u7F16\u53F7", en: "QrCodeId is missing" },
  "MissingParameter.UserId": { status: 400, retryable: false, expose: true, zh: "\u7F3A\u5C11\u7528\u6237\u7F16\u53F7", en: "The user id is missing" },
  OperationDenied: { status: 403, retryable: false, expose: true, zh: "\u64CD\u4F5C\u88AB\u62D2\u7EDD", en: "The operation is denied" },
  "OperationDenied.Forbid": { status: 403, retryable: false, expose: true, zh: "\u7981\u6B62\u64CD\u4F5C", en: "The operation is forbidden" },
  "OperationDenied.NoIdentityVerify": { status: 403, retryable: false, expose: true, zh: "\u672A\u5B8C\u6210\u5B9E\u540D\u8BA4\u8BC1", en: "The identity is not verified" },
  "OperationDenied.NoLogin": { status: 403, retryable: false, expose: true, zh: "\u7528\u6237\u672A\u767B\u5F55", en: "The user is not logged in" },
  "OperationDenied.NoQuota": { status: 402, retryable: false, expose: true, zh: "\u5408\u540C\u989D\u5EA6\u4E0D\u8DB3", en: "The organisation has no contracts left to spend" },
  "OperationDenied.NoVerify": { status: 403, retryable: false, expose: true, zh: "\u672A\u5B8C\u6210\u5B9E\u540D\u8BA4\u8BC1", en: "The organisation or its operator is not verified" },
  "OperationDenied.OrganizationClosing": { status: 409, retryable: false, expose: true, zh: "\u4F01\u4E1A\u6B63\u5728\u6CE8\u9500", en: "The organisation is being closed" },
  "OperationDenied.QrHasExpire": { status: 409, retryable: false, expose: true, zh: "\u7B7E\u7F72\u7801\u5DF2\u8FC7\u671F", en: "The code has expired" },
  "OperationDenied.QrInvalid": { status: 409, retryable: false, expose: true, zh: "\u7B7E\u7F72\u7801\u4E0D\u53EF\u7528", en: "The code is no longer valid" },
  "OperationDenied.UserNotInOrganization": { status: 403, retryable: false, expose: true, zh: "\u7528\u6237\u4E0D\u5C5E\u4E8E\u8BE5\u4F01\u4E1A", en: "The user does not belong to the organisation" },
  ResourceNotFound: { status: 404, retryable: false, expose: true, zh: "\u8D44\u6E90\u4E0D\u5B58\u5728", en: "The resource does not exist" },
  "ResourceNotFound.Application": { status: 404, retryable: false, expose: true, zh: "\u5E94\u7528\u53F7\u4E0D\u5B58\u5728", en: "The application does not exist" },
  "ResourceNotFound.AuthActiveOrganization": { status: 404, retryable: false, expose: true, zh: "\u6CA1\u6709\u5DF2\u8BA4\u8BC1\u6FC0\u6D3B\u7684\u4F01\u4E1A", en: "There is no verified, active organisation" },
  "ResourceNotFound.Organization": { status: 404, retryable: false, expose: true, zh: "\u4F01\u4E1A\u4E0D\u5B58\u5728", en: "The organisation does not exist" },
  "ResourceNotFound.QrInfo": { status: 404, retryable: false, expose: true, zh: "\u7B7E\u7F72\u7801\u4FE1\u606F\u4E0D\u5B58\u5728", en: "The code does not exist" },
  "ResourceNotFound.Resource": { status: 404, retryable: false, expose: true, zh: "\u8D44\u6E90\u4E0D\u5B58\u5728", en: "The resource does not exist" },
  "ResourceNotFound.Template": { status: 404, retryable: false, expose: true, zh: "\u6A21\u677F\u4E0D\u5B58\u5728", en: "The template does not exist" },
  "ResourceNotFound.User": { status: 404, retryable: false, expose: true, zh: "\u7528\u6237\u4E0D\u5B58\u5728", en: "The user does not exist" },
  ResourceUnavailable: { status: 409, retryable: false, expose: true, zh: "\u8D44\u6E90\u4E0D\u53EF\u7528", en: "The resource is not available" },
  UnauthorizedOperation: { status: 403, retryable: false, expose: true, zh: "\u672A\u6388\u6743\u64CD\u4F5C", en: "The operation is not authorised" },
  "UnauthorizedOperation.NoPermissionFeature": { status: 403, retryable: false, expose: true, zh: "\u5F53\u524D\u7248\u672C\u4E0D\u542B\u6B64\u529F\u80FD", en: "The plan of the organisation lacks this feature" },
  // Common codes of Cloud API 3.0.
  ActionOffline: { status: 502, retryable: false, expose: true, zh: "\u63A5\u53E3\u5DF2\u4E0B\u7EBF", en: "The action has been switched off" },
  AuthFailure: { status: 502, retryable: false, expose: false, zh: "\u4E91 API \u9274\u6743\u5931\u8D25", en: "The credentials of the deployment are refused" },
  "AuthFailure.InvalidAuthorization": { status: 502, retryable: false, expose: false, zh: "Authorization \u5934\u4E0D\u5408\u89C4\u8303", en: "The Authorization header is malformed" },
  "AuthFailure.InvalidSecretId": { status: 502, retryable: false, expose: false, zh: "\u5BC6\u94A5\u7C7B\u578B\u4E0D\u6B63\u786E", en: "The SecretId is not a Cloud API key" },
  "AuthFailure.MFAFailure": { status: 502, retryable: false, expose: false, zh: "\u591A\u56E0\u5B50\u8BA4\u8BC1\u5931\u8D25", en: "Multi-factor authentication failed" },
  "AuthFailure.SecretIdNotFound": { status: 502, retryable: false, expose: false, zh: "\u5BC6\u94A5\u4E0D\u5B58\u5728", en: "The SecretId does not exist" },
  "AuthFailure.SignatureExpire": { status: 502, retryable: true, expose: false, zh: "\u7B7E\u540D\u8FC7\u671F\uFF0C\u65F6\u949F\u76F8\u5DEE\u8D85\u8FC7\u4E94\u5206\u949F", en: "The signature has expired: the clocks differ by more than five minutes" },
  "AuthFailure.SignatureFailure": { status: 502, retryable: false, expose: false, zh: "\u7B7E\u540D\u9519\u8BEF", en: "The signature is wrong" },
  "AuthFailure.TokenFailure": { status: 502, retryable: false, expose: false, zh: "\u4E34\u65F6\u51ED\u8BC1\u9519\u8BEF", en: "The temporary token is wrong" },
  "AuthFailure.UnauthorizedOperation": { status: 502, retryable: false, expose: false, zh: "\u8BBF\u95EE\u7B56\u7565\u672A\u6388\u6743", en: "The access policy does not allow this" },
  DryRunOperation: { status: 400, retryable: false, expose: true, zh: "\u7A7A\u8DD1\u8BF7\u6C42", en: "A dry run" },
  InvalidAction: { status: 502, retryable: false, expose: true, zh: "\u63A5\u53E3\u4E0D\u5B58\u5728", en: "The action does not exist" },
  InvalidRequest: { status: 502, retryable: false, expose: true, zh: "\u8BF7\u6C42\u683C\u5F0F\u9519\u8BEF", en: "The format of the request is wrong" },
  IpInBlacklist: { status: 502, retryable: false, expose: true, zh: "\u6765\u6E90\u5730\u5740\u5728\u9ED1\u540D\u5355\u4E2D", en: "The address of the caller is blocked" },
  IpNotInWhitelist: { status: 502, retryable: false, expose: true, zh: "\u6765\u6E90\u5730\u5740\u4E0D\u5728\u767D\u540D\u5355\u4E2D", en: "The address of the caller is not on the list of those allowed" },
  LimitExceeded: { status: 429, retryable: false, expose: true, zh: "\u8D85\u8FC7\u914D\u989D\u9650\u5236", en: "A limit is exceeded" },
  NoSuchProduct: { status: 502, retryable: false, expose: true, zh: "\u4EA7\u54C1\u4E0D\u5B58\u5728", en: "The product does not exist" },
  NoSuchVersion: { status: 502, retryable: false, expose: true, zh: "\u63A5\u53E3\u7248\u672C\u4E0D\u5B58\u5728", en: "The version does not exist" },
  RequestLimitExceeded: { status: 429, retryable: true, expose: true, zh: "\u8BF7\u6C42\u8D85\u8FC7\u9891\u7387\u9650\u5236", en: "Too many requests" },
  "RequestLimitExceeded.GlobalRegionUinLimitExceeded": { status: 429, retryable: true, expose: true, zh: "\u4E3B\u8D26\u53F7\u8D85\u8FC7\u9891\u7387\u9650\u5236", en: "Too many requests of the account" },
  "RequestLimitExceeded.IPLimitExceeded": { status: 429, retryable: true, expose: true, zh: "\u6765\u6E90\u5730\u5740\u8D85\u8FC7\u9891\u7387\u9650\u5236", en: "Too many requests of the address" },
  "RequestLimitExceeded.UinLimitExceeded": { status: 429, retryable: true, expose: true, zh: "\u4E3B\u8D26\u53F7\u8D85\u8FC7\u9891\u7387\u9650\u5236", en: "Too many requests of the account" },
  RequestSizeLimitExceeded: { status: 413, retryable: false, expose: true, zh: "\u8BF7\u6C42\u5305\u8D85\u8FC7\u5927\u5C0F\u9650\u5236", en: "The request is too large" },
  ResourceInUse: { status: 409, retryable: true, expose: true, zh: "\u8D44\u6E90\u88AB\u5360\u7528", en: "The resource is in use" },
  ResourceInsufficient: { status: 503, retryable: true, expose: true, zh: "\u8D44\u6E90\u4E0D\u8DB3", en: "There are not enough resources" },
  ResponseSizeLimitExceeded: { status: 502, retryable: false, expose: true, zh: "\u8FD4\u56DE\u5305\u8D85\u8FC7\u5927\u5C0F\u9650\u5236", en: "The answer is too large" },
  ServiceUnavailable: { status: 503, retryable: true, expose: true, zh: "\u7535\u5B50\u7B7E\u670D\u52A1\u6682\u4E0D\u53EF\u7528", en: "Tencent e-sign is not available" },
  UnknownParameter: { status: 400, retryable: false, expose: true, zh: "\u672A\u77E5\u53C2\u6570", en: "A parameter is unknown" },
  UnsupportedOperation: { status: 400, retryable: false, expose: true, zh: "\u64CD\u4F5C\u4E0D\u652F\u6301", en: "The operation is not supported" },
  UnsupportedProtocol: { status: 502, retryable: false, expose: true, zh: "\u8BF7\u6C42\u534F\u8BAE\u9519\u8BEF", en: "The protocol is not supported" },
  UnsupportedRegion: { status: 502, retryable: false, expose: true, zh: "\u4E0D\u652F\u6301\u6240\u4F20\u5730\u57DF", en: "The region is not supported" }
};

// local/essbasic/gateway/outcome.ts
function refusal(code, detail, facts = {}) {
  const { zh, en } = errorCodes[code];
  return {
    ok: false,
    code,
    message: { zh: `${zh}\uFF1A${detail.zh}`, en: `${en}: ${detail.en}` },
    ...facts
  };
}
function publishedRefusal(code, message, reason) {
  return { ok: false, code, message, reason };
}

// local/essbasic/gateway/acting-agent.ts
function ownerOf({ AppId, ProxyOrganizationOpenId: ProxyOrganizationOpenId2 }) {
  return { AppId, ProxyOrganizationOpenId: ProxyOrganizationOpenId2 };
}
function codeFor(contract, ...fitting) {
  const published = fitting.find((code) => contract.errorCodes.includes(code));
  return published ?? fitting.at(-1) ?? fitting[0];
}
function refusalOfAgent(agent, contract, world) {
  return refusalOfApplication(agent, contract, world) ?? refusalOfOrganisation(agent, contract, world);
}
function refusalOfApplication({ AppId }, contract, world) {
  const application = world.applications.get(AppId);
  if (application === void 0) {
    const code = codeFor(contract, "ResourceNotFound.Application", "InvalidParameter.DataNotFound");
    return refusal(code, { zh: "Agent.AppId \u5BF9\u5E94\u7684\u5E94\u7528\u4E0D\u5B58\u5728", en: "no application has this Agent.AppId" });
  }
  if (application.kind !== "third-party") {
    const code = codeFor(contract, "InvalidParameter.Application", "InvalidParameter.ParamError");
    const detail = {
      zh: "Agent.AppId \u5C5E\u4E8E\u81EA\u5EFA\u5E94\u7528\uFF0C\u4E0D\u80FD\u8C03\u7528 essbasic",
      en: "Agent.AppId is of a self-built application, which may not call essbasic"
    };
    return refusal(code, detail);
  }
  return void 0;
}
function refusalOfOrganisation(agent, contract, world) {
  const organisation = world.organisations.get(organisationKey(ownerOf(agent)));
  if (organisation === void 0) {
    return refusal(codeFor(contract, "ResourceNotFound", "InvalidParameter.DataNotFound"), {
      zh: "\u8BE5\u5E94\u7528\u4E0B\u6CA1\u6709 Agent.ProxyOrganizationOpenId \u6240\u6307\u4F01\u4E1A",
      en: "the application has no organisation with this Agent.ProxyOrganizationOpenId"
    });
  }
  if (organisation.closing) {
    const code = codeFor(contract, "OperationDenied.OrganizationClosing", "OperationDenied.Forbid");
    return refusal(code, { zh: "\u4F01\u4E1A\u6B63\u5728\u6CE8\u9500", en: "the organisation is being closed" });
  }
  if (!organisation.authorised) {
    const code = codeFor(
      contract,
      "UnauthorizedOperation",
      "UnauthorizedOperation.NoPermissionFeature"
    );
    return refusal(code, { zh: "\u4F01\u4E1A\u672A\u6388\u6743\u5E73\u53F0\u4EE3\u4E3A\u64CD\u4F5C", en: "the organisation lets nobody act for it" });
  }
  if (!organisation.licensed) {
    return refusal("UnauthorizedOperation.NoPermissionFeature", {
      zh: "\u4F01\u4E1A\u5F53\u524D\u7248\u672C\u4E0D\u542B\u6B64\u529F\u80FD",
      en: "the plan of the organisation lacks this feature"
    });
  }
  const unverified = ["OperationDenied.NoIdentityVerify", "OperationDenied.Forbid", "OperationDenied.NoVerify"];
  if (!organisation.verified) {
    return refusal(codeFor(contract, ...unverified), {
      zh: "\u4F01\u4E1A\u672A\u5B8C\u6210\u5B9E\u540D\u8BA4\u8BC1",
      en: "the organisation is not verified"
    });
  }
  return refusalOfOperator(agent, contract, world, unverified);
}
function refusalOfOperator(agent, contract, world, unverified) {
  const { OpenId } = agent.ProxyOperator;
  const organisation = world.organisations.get(organisationKey(ownerOf(agent)));
  const operator = organisation?.operators.find((one) => one.OpenId === OpenId);
  if (operator?.verified === false) {
    return refusal(codeFor(contract, ...unverified), {
      zh: "Agent.ProxyOperator.OpenId \u6240\u6307\u5458\u5DE5\u672A\u5B8C\u6210\u5B9E\u540D\u8BA4\u8BC1",
      en: "the operator of Agent.ProxyOperator.OpenId is not verified"
    });
  }
  if (operator !== void 0) return void 0;
  const elsewhere2 = [...world.organisations.values()].some(
    (other) => other.AppId === agent.AppId && other.operators.some((one) => one.OpenId === OpenId)
  );
  return elsewhere2 ? refusal(codeFor(contract, "OperationDenied.UserNotInOrganization", "OperationDenied.Forbid", "OperationDenied.UserNotInOrganization"), {
    zh: "Agent.ProxyOperator.OpenId \u6240\u6307\u5458\u5DE5\u5C5E\u4E8E\u5176\u4ED6\u4F01\u4E1A",
    en: "the operator of Agent.ProxyOperator.OpenId belongs to another organisation"
  }) : refusal(codeFor(contract, "ResourceNotFound.User", "OperationDenied.Forbid", "OperationDenied.UserNotInOrganization"), {
    zh: "\u6CA1\u6709 Agent.ProxyOperator.OpenId \u6240\u6307\u5458\u5DE5",
    en: "nobody has this Agent.ProxyOperator.OpenId"
  });
}

// local/essbasic/gateway/api-call.ts
function header({ headers }, name2) {
  return headers[name2]?.join(", ") ?? "";
}
var namePattern = /^[A-Za-z]\w{0,99}$/;
function actionNamed(call) {
  const action = header(call, "x-tc-action");
  if (action === "") return "";
  return namePattern.test(action) ? action : "(unreadable)";
}

// shared/tc3/verify.ts
import { timingSafeEqual } from "node:crypto";

// shared/tc3/authorization-header.ts
var compulsory = ["content-type", "host"];
var maxLength = 4096;
var form = /^TC3-HMAC-SHA256 Credential=([^\s,/]+)\/(\d{4}-\d{2}-\d{2})\/([^\s,/]+)\/tc3_request, ?SignedHeaders=([^\s,]+), ?Signature=([0-9a-f]{64})$/;
function parseAuthorization(header3) {
  if (header3 === void 0 || header3 === "") return "The header Authorization is missing";
  const [, secretId, date, service, names, signature3] = header3.length > maxLength ? [] : form.exec(header3) ?? [];
  if (!secretId || !date || !service || !names || !signature3) {
    return 'Authorization must have the form "TC3-HMAC-SHA256 Credential=<SecretId>/<YYYY-MM-DD>/<service>/tc3_request, SignedHeaders=<names>, Signature=<64 hex digits in lower case>"';
  }
  const signedHeaders2 = names.split(";");
  const problem2 = problemOfSignedHeaders(signedHeaders2);
  return problem2 ?? { secretId, date, service, signedHeaders: signedHeaders2, signature: signature3 };
}
function problemOfSignedHeaders(names) {
  const missing = compulsory.filter((name2) => !names.includes(name2));
  if (missing.length > 0) return `SignedHeaders must contain ${missing.join(" and ")}`;
  if (names.some((name2) => name2 !== name2.toLowerCase())) return "SignedHeaders must be in lower case";
  const ascending = names.every((name2, index2) => index2 === 0 || (names[index2 - 1] ?? "") < name2);
  return ascending ? void 0 : "SignedHeaders must be in ascending ASCII order, each name once";
}

// shared/tc3/stages.ts
import { createHmac, hash } from "node:crypto";
var algorithm = "TC3-HMAC-SHA256";
var terminator = "tc3_request";
var unsignedPayload = "UNSIGNED-PAYLOAD";
function canonicalQueryString(httpRequestMethod, query2) {
  if (httpRequestMethod !== "GET") return "";
  return query2.startsWith("?") ? query2.slice(1) : query2;
}
function canonicalHeaders(headers) {
  return Object.entries(headers).map(([name2, value]) => [name2.trim().toLowerCase(), value.trim().toLowerCase()]).sort(([a], [b]) => a < b ? -1 : 1).map(([name2, value]) => `${name2}:${value}
`).join("");
}
function signedHeaders(headers) {
  return Object.keys(headers).map((name2) => name2.trim().toLowerCase()).sort().join(";");
}
function hashedRequestPayload(body, unsigned = false) {
  return hash("sha256", unsigned ? unsignedPayload : body, "hex");
}
function canonicalRequest(parts) {
  return [
    parts.httpRequestMethod,
    parts.canonicalUri,
    parts.canonicalQueryString,
    // Ends with a line feed of its own, which makes the blank line of the specification.
    parts.canonicalHeaders,
    parts.signedHeaders,
    parts.hashedRequestPayload
  ].join("\n");
}
function hashedCanonicalRequest(canonical) {
  return hash("sha256", canonical, "hex");
}
function credentialDate(timestampS) {
  return new Date(timestampS * 1e3).toISOString().slice(0, 10);
}
function credentialScope(date, service) {
  return `${date}/${service}/${terminator}`;
}
function stringToSign(timestampS, scope, hashedCanonical) {
  return `${algorithm}
${timestampS}
${scope}
${hashedCanonical}`;
}
function secretDate(secretKey, date) {
  return createHmac("sha256", `TC3${secretKey}`).update(date).digest();
}
function secretService(dateKey, service) {
  return createHmac("sha256", dateKey).update(service).digest();
}
function secretSigning(serviceKey) {
  return createHmac("sha256", serviceKey).update(terminator).digest();
}
function signature(signingKey, toSign) {
  return createHmac("sha256", signingKey).update(toSign).digest("hex");
}

// shared/tc3/received-request.ts
function headersOf(request4) {
  const headers = /* @__PURE__ */ new Map();
  for (const [name2, value] of Object.entries(request4.headers)) {
    if (value === void 0 || value === null) continue;
    const key = name2.toLowerCase();
    const earlier = headers.get(key);
    const text = Array.isArray(value) ? value.join(", ") : String(value);
    headers.set(key, earlier === void 0 ? text : `${earlier}, ${text}`);
  }
  return headers;
}
function readSignedRequest(request4) {
  const received = headersOf(request4);
  const authorization = parseAuthorization(received.get("authorization"));
  if (typeof authorization === "string") {
    return { code: "AuthFailure.InvalidAuthorization", message: authorization };
  }
  const timestamp = received.get("x-tc-timestamp");
  if (timestamp === void 0) {
    return { code: "MissingParameter", message: "The header X-TC-Timestamp is missing" };
  }
  if (!/^\d{1,10}$/.test(timestamp)) {
    return { code: "InvalidParameter", message: "X-TC-Timestamp must be Unix time in whole seconds" };
  }
  const headers = /* @__PURE__ */ Object.create(null);
  const absent = authorization.signedHeaders.filter((name2) => !received.has(name2));
  if (absent.length > 0) {
    const message = `SignedHeaders names headers that the request does not have: ${absent.join(", ")}`;
    return { code: "AuthFailure.InvalidAuthorization", message };
  }
  for (const name2 of authorization.signedHeaders) headers[name2] = received.get(name2) ?? "";
  const unsigned = received.get("x-tc-content-sha256") === unsignedPayload;
  return { authorization, timestampS: Number(timestamp), headers, request: request4, unsigned };
}
function isUnreadable(read) {
  return "code" in read;
}
function canonicalParts(signed, host) {
  const { request: request4 } = signed;
  const headers = { ...signed.headers, host };
  const bodyless = request4.method === "GET";
  return {
    httpRequestMethod: request4.method,
    canonicalUri: request4.path ?? "/",
    canonicalQueryString: canonicalQueryString(request4.method, request4.query ?? ""),
    canonicalHeaders: canonicalHeaders(headers),
    signedHeaders: signedHeaders(headers),
    hashedRequestPayload: hashedRequestPayload(bodyless ? new Uint8Array() : request4.body, signed.unsigned)
  };
}
function hostsOf(signed) {
  const host = signed.headers["host"] ?? "";
  const bare = host.replace(/:\d+$/, "");
  return bare === host ? [host] : [host, bare];
}

// shared/tc3/usual-mistakes.ts
import { createHmac as createHmac2 } from "node:crypto";

// shared/tc3/reserialised-bodies.ts
var maxBytes = 256 * 1024;
function reserialisedBodies(body) {
  if (body.byteLength > maxBytes) return [];
  const text = Buffer.from(body).toString("utf8");
  const whole = [
    { how: "an empty body", text: "" },
    { how: "the body with a line feed at its end", text: `${text}
` },
    { how: "the body without blanks around it", text: text.trim() },
    { how: "the body as a JSON string", text: JSON.stringify(text) }
  ];
  try {
    return [...whole, ...spellings(JSON.parse(text))];
  } catch {
    return whole;
  }
}
function spellings(value) {
  const compact = JSON.stringify(value);
  const spaced = writeJson(value, ", ", ": ");
  return [
    { how: "the same JSON without blanks", text: compact },
    { how: "the same JSON without blanks and with \\u escapes", text: escapeNonAscii(compact) },
    { how: "the same JSON with blanks after commas and colons", text: spaced },
    {
      how: "the same JSON with blanks after commas and colons and with \\u escapes (Python)",
      text: escapeNonAscii(spaced)
    },
    {
      how: "the same JSON with escaped slashes and \\u escapes (PHP)",
      text: escapeNonAscii(compact).replaceAll("/", "\\/")
    },
    { how: "the same JSON with <, > and & escaped (Go)", text: escapeMarkup(compact) },
    { how: "the same JSON indented by two blanks", text: JSON.stringify(value, null, 2) },
    { how: "the same JSON indented by four blanks", text: JSON.stringify(value, null, 4) },
    { how: "the same JSON with its keys sorted", text: writeJson(value, ",", ":", true) }
  ];
}
function writeJson(value, comma, colon, sorted = false) {
  if (Array.isArray(value)) {
    return `[${value.map((item) => writeJson(item, comma, colon, sorted)).join(comma)}]`;
  }
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const entries = Object.entries(value);
  if (sorted) entries.sort(([a], [b]) => a < b ? -1 : 1);
  const members = entries.map(
    ([name2, member]) => JSON.stringify(name2) + colon + writeJson(member, comma, colon, sorted)
  );
  return `{${members.join(comma)}}`;
}
var unicodeEscape = (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
var escapeNonAscii = (json2) => json2.replace(/[^\0-\x7f]/g, unicodeEscape);
var escapeMarkup = (json2) => json2.replace(/[<>&\u2028\u2029]/g, unicodeEscape);

// shared/tc3/usual-mistakes.ts
var secondsPerDay = 86400;
var unique = (values) => [...new Set(values)];
function keyOf({ signed }, secretKey, date) {
  return secretSigning(secretService(secretDate(secretKey, date), signed.authorization.service));
}
function withCanonical(given, canonical, hint) {
  const scopeDate = credentialDate(given.signed.timestampS);
  const signingKey = keyOf(given, given.secretKey, scopeDate);
  return { canonicalRequest: canonical, scopeDate, signingKey, ...hint && { hint } };
}
function withParts(given, parts, hint) {
  return withCanonical(given, canonicalRequest({ ...given.parts, ...parts }), hint);
}
function withSecret(given, secretKey) {
  const scopeDate = credentialDate(given.signed.timestampS);
  return {
    canonicalRequest: canonicalRequest(given.parts),
    scopeDate,
    signingKey: keyOf(given, secretKey, scopeDate)
  };
}
function withHeader(given, name2, value) {
  const lines = given.parts.canonicalHeaders.split("\n");
  const changed = lines.map((line) => line.startsWith(`${name2}:`) ? `${name2}:${value}` : line);
  return withParts(given, { canonicalHeaders: changed.join("\n") });
}
var contentTypes = [
  "application/json",
  "application/json; charset=utf-8",
  "application/json;charset=utf-8",
  "application/x-www-form-urlencoded",
  "text/plain;charset=utf-8"
];
var usualMistakes = [
  {
    mistake: "body-reserialised",
    hint: "The bytes that were signed are not the bytes that arrived.",
    tries: (given) => reserialisedBodies(given.signed.request.body).map(
      ({ how, text }) => withParts(
        given,
        { hashedRequestPayload: hashedRequestPayload(Buffer.from(text)) },
        `What was signed is ${how}; what arrived is other bytes. Serialise once, sign those bytes and send those bytes.`
      )
    )
  },
  {
    mistake: "content-type",
    hint: "Another Content-Type was signed than arrived. Many HTTP libraries add a charset to it: sign the value that is really sent.",
    tries: (given) => contentTypes.map((value) => withHeader(given, "content-type", value))
  },
  {
    mistake: "local-date",
    hint: "The date of the credential must be the UTC date of X-TC-Timestamp. A local date fails every day for as many hours as the time zone is away from UTC.",
    tries: (given) => {
      const { timestampS, authorization } = given.signed;
      const nearby = [-1, 0, 1].map((days) => timestampS + days * secondsPerDay).filter((second) => second >= 0);
      const dates = unique([...nearby.map(credentialDate), authorization.date]);
      const canonical = canonicalRequest(given.parts);
      return dates.flatMap((keyDate) => {
        const signingKey = keyOf(given, given.secretKey, keyDate);
        return dates.map((scopeDate) => ({ canonicalRequest: canonical, scopeDate, signingKey }));
      });
    }
  },
  {
    mistake: "host",
    hint: "Another host was signed than the one in the header Host.",
    tries: (given) => [
      `${given.host}:443`,
      `${given.host}:80`,
      `https://${given.host}`,
      `${given.signed.authorization.service}.tencentcloudapi.com`
    ].map((host) => withHeader(given, "host", host))
  },
  {
    mistake: "header-case",
    hint: "The values of the canonical headers must be in lower case, that of x-tc-action too.",
    tries: (given) => {
      const { headers } = given.signed;
      const lines = (changed) => given.signed.authorization.signedHeaders.map((name2) => {
        const value = (name2 === "host" ? given.host : headers[name2] ?? "").trim();
        return `${name2}:${changed.includes(name2) ? value : value.toLowerCase()}
`;
      }).join("");
      return [["x-tc-action"], ["content-type"], ["content-type", "x-tc-action"]].map(
        (changed) => withParts(given, { canonicalHeaders: lines(changed) })
      );
    }
  },
  {
    mistake: "secret-key-blanks",
    hint: "The secret key was used with a blank or a line break around it.",
    tries: (given) => {
      const key = given.secretKey;
      const padded = [` ${key}`, `${key} `, ` ${key} `, `${key}
`, `${key}\r
`, `${key}\r`, `${key}	`];
      return padded.map((secretKey) => withSecret(given, secretKey));
    }
  },
  {
    mistake: "secret-key-without-prefix",
    hint: "SecretDate is keyed with the secret key alone; the specification puts TC3 in front of it.",
    tries: (given) => {
      const scopeDate = credentialDate(given.signed.timestampS);
      const dateKey = createHmac2("sha256", given.secretKey).update(scopeDate).digest();
      const signingKey = secretSigning(secretService(dateKey, given.signed.authorization.service));
      return [{ canonicalRequest: canonicalRequest(given.parts), scopeDate, signingKey }];
    }
  },
  {
    mistake: "blank-line",
    hint: "CanonicalHeaders ends with a line feed of its own, so that a blank line stands between it and SignedHeaders.",
    tries: (given) => [
      withParts(given, { canonicalHeaders: given.parts.canonicalHeaders.replace(/\n$/, "") })
    ]
  },
  {
    mistake: "unsigned-payload",
    hint: "The word UNSIGNED-PAYLOAD and the header X-TC-Content-SHA256 go together: with the header the word is hashed, without it the body.",
    tries: (given) => [
      withParts(given, {
        hashedRequestPayload: hashedRequestPayload(given.signed.request.body, !given.signed.unsigned)
      })
    ]
  }
];

// shared/tc3/explain-mismatch.ts
function explainMismatch(request4, options) {
  const signed = readSignedRequest(request4);
  if (isUnreadable(signed)) return void 0;
  const expected = expectation(signed, options.secretKey);
  const explained = explainingMistake(signed, options.secretKey);
  const theirs = options.canonicalRequestReceived ?? explained?.canonicalRequest;
  const difference = theirs === void 0 ? void 0 : firstDifference(expected.canonicalRequest, theirs);
  return {
    ...expected,
    signatureReceived: signed.authorization.signature,
    ...explained && { mistake: explained.mistake },
    hint: explained?.hint ?? unexplained,
    ...theirs !== void 0 && { canonicalRequestReceived: theirs },
    ...difference && { firstDifference: difference }
  };
}
var unexplained = "None of the usual mistakes yields this signature: most likely another secret key was used, or the body or a signed header was changed on the way.";
function expectation(signed, secretKey) {
  const { authorization, timestampS } = signed;
  const date = credentialDate(timestampS);
  const canonical = canonicalRequest(canonicalParts(signed, signed.headers["host"] ?? ""));
  const scope = credentialScope(date, authorization.service);
  const toSign = stringToSign(timestampS, scope, hashedCanonicalRequest(canonical));
  const key = secretSigning(secretService(secretDate(secretKey, date), authorization.service));
  return { canonicalRequest: canonical, stringToSign: toSign, signatureExpected: signature(key, toSign) };
}
function explainingMistake(signed, secretKey) {
  for (const host of hostsOf(signed)) {
    const attempt = { parts: canonicalParts(signed, host), signed, host, secretKey };
    for (const { mistake, hint, tries } of usualMistakes) {
      for (const tried of tries(attempt)) {
        if (signatureOf(tried, signed) !== signed.authorization.signature) continue;
        return { mistake, hint: tried.hint ?? hint, canonicalRequest: tried.canonicalRequest };
      }
    }
  }
  return void 0;
}
function signatureOf(attempt, signed) {
  const scope = credentialScope(attempt.scopeDate, signed.authorization.service);
  const hashed = hashedCanonicalRequest(attempt.canonicalRequest);
  return signature(attempt.signingKey, stringToSign(signed.timestampS, scope, hashed));
}
function firstDifference(expected, received) {
  const ours = expected.split("\n");
  const theirs = received.split("\n");
  for (let index2 = 0; index2 < Math.max(ours.length, theirs.length); index2++) {
    if (ours[index2] === theirs[index2]) continue;
    return { line: index2 + 1, expected: ours[index2] ?? "", received: theirs[index2] ?? "" };
  }
  return void 0;
}

// shared/tc3/signing-key-cache.ts
import { hash as hash2 } from "node:crypto";
function createSigningKeyCache(capacity = 64) {
  const keys = /* @__PURE__ */ new Map();
  return {
    signingKey(secretKey, date, service) {
      const name2 = `${hash2("sha256", secretKey, "hex")}/${date}/${service}`;
      const key = keys.get(name2) ?? secretSigning(secretService(secretDate(secretKey, date), service));
      keys.delete(name2);
      keys.set(name2, key);
      for (const oldest of keys.keys()) {
        if (keys.size <= capacity) break;
        keys.delete(oldest);
      }
      return key;
    }
  };
}

// shared/tc3/verify.ts
var signingKeysOfProcess = createSigningKeyCache();
function verify(request4, options) {
  const { secretKeyOf, nowS, toleranceS = 300, signingKeys = signingKeysOfProcess } = options;
  const signed = readSignedRequest(request4);
  if (isUnreadable(signed)) return { ok: false, ...signed };
  const { authorization, timestampS } = signed;
  const { secretId, service, signedHeaders: signedHeaders2 } = authorization;
  const secretKey = secretKeyOf(secretId);
  if (secretKey === void 0) {
    return refused("AuthFailure.SecretIdNotFound", "There is no such SecretId");
  }
  const distanceS = timestampS - nowS;
  if (Math.abs(distanceS) > toleranceS) {
    const side = distanceS < 0 ? "behind" : "ahead of";
    const message = `X-TC-Timestamp is ${Math.abs(distanceS)} s ${side} the clock of the server; ${toleranceS} s are allowed`;
    return refused("AuthFailure.SignatureExpire", message);
  }
  if (!isSignatureRight(signed, secretKey, signingKeys)) {
    const explanation = explainMismatch(request4, { secretKey });
    const message = authorization.date === credentialDate(timestampS) ? "The signature does not fit the request" : "The date of the credential is not the UTC date of X-TC-Timestamp";
    return {
      ...refused("AuthFailure.SignatureFailure", message),
      ...explanation && { explanation }
    };
  }
  return { ok: true, secretId, service, timestampS, signedHeaders: signedHeaders2 };
}
function refused(code, message) {
  return { ok: false, code, message };
}
function isSignatureRight(signed, secretKey, keys) {
  const { authorization, timestampS } = signed;
  const { service } = authorization;
  const date = credentialDate(timestampS);
  if (authorization.date !== date) return false;
  const key = keys.signingKey(secretKey, date, service);
  const scope = credentialScope(date, service);
  const received = Buffer.from(authorization.signature);
  return hostsOf(signed).some((host) => {
    const canonical = canonicalRequest(canonicalParts(signed, host));
    const expected = signature(key, stringToSign(timestampS, scope, hashedCanonicalRequest(canonical)));
    return timingSafeEqual(Buffer.from(expected), received);
  });
}

// local/essbasic/gateway/authenticate.ts
var publishedTexts = {
  "AuthFailure.SignatureFailure": {
    zh: "\u8BF7\u6C42\u7B7E\u540D\u9A8C\u8BC1\u5931\u8D25\uFF0C\u8BF7\u68C0\u67E5\u60A8\u7684\u7B7E\u540D\u8BA1\u7B97\u662F\u5426\u6B63\u786E\u3002",
    en: "The provided credentials could not be validated. Please check your signature is correct."
  },
  "AuthFailure.SecretIdNotFound": {
    zh: "\u5BC6\u94A5\u4E0D\u5B58\u5728\uFF0C\u8BF7\u786E\u8BA4 SecretId \u6B63\u786E\u3002",
    en: "The SecretId is not found, please ensure that your SecretId is correct."
  }
};
function authenticate(call, body, credentials2, signatureNowS) {
  const { method, query: query2, headers } = call;
  const verdict = verify(
    { method, path: "/", query: query2, headers, body },
    {
      secretKeyOf: (id) => credentials2.find(({ secretId }) => secretId === id)?.secretKey,
      nowS: signatureNowS
    }
  );
  if (verdict.ok) return refusalOfToken(call, verdict.secretId, credentials2) ?? verdict;
  const { code, message, explanation } = verdict;
  const reason = explanation === void 0 ? message : `${message}. ${explanation.hint}`;
  const published = publishedTexts[code];
  const refused2 = published ? publishedRefusal(code, published, reason) : refusal(code, { zh: message, en: message }, { reason });
  return explanation === void 0 ? refused2 : { ...refused2, explanation };
}
function refusalOfToken(call, secretId, credentials2) {
  const expected = credentials2.find((credential) => credential.secretId === secretId)?.token ?? "";
  if (header(call, "x-tc-token") === expected) return void 0;
  const detail = expected === "" ? { zh: "\u6C38\u4E45\u5BC6\u94A5\u4E0D\u5E94\u5E26 X-TC-Token", en: "a permanent key comes without X-TC-Token" } : { zh: "X-TC-Token \u7F3A\u5931\u6216\u4E0D\u5C5E\u4E8E\u8BE5\u5BC6\u94A5", en: "X-TC-Token is missing or not of this key" };
  return refusal("AuthFailure.TokenFailure", detail);
}

// shared/contract/api.ts
var api = {
  host: "essbasic.tencentcloudapi.com",
  /** Tencent's joint-test (联调) environment. Requests for it are signed as `essbasic` too. */
  testHost: "essbasic.test.ess.tencent.cn",
  service: "essbasic",
  version: "2021-05-26",
  /** Largest distance between `X-TC-Timestamp` and upstream's clock, either way. Seconds. */
  timestampToleranceS: 300
};

// local/essbasic/upstream-actions.ts
var upstreamActions = [
  "ArchiveDynamicFlow",
  "CancelOrganizationFlows",
  "ChannelBatchCancelFlows",
  "ChannelCancelFlow",
  "ChannelCancelMultiFlowSignQRCode",
  "ChannelCancelUserAutoSignEnableUrl",
  "ChannelCreateBatchCancelFlowUrl",
  "ChannelCreateBatchQuickSignUrl",
  "ChannelCreateBatchSignUrl",
  "ChannelCreateBoundFlows",
  "ChannelCreateConvertTaskApi",
  "ChannelCreateDynamicFlowApprover",
  "ChannelCreateEmbedWebUrl",
  "ChannelCreateFlowApprovers",
  "ChannelCreateFlowByFiles",
  "ChannelCreateFlowGroupByFiles",
  "ChannelCreateFlowGroupByTemplates",
  "ChannelCreateFlowReminds",
  "ChannelCreateFlowSignReview",
  "ChannelCreateFlowSignUrl",
  "ChannelCreateMultiFlowSignQRCode",
  "ChannelCreateOrganizationBatchSignUrl",
  "ChannelCreateOrganizationModifyQrCode",
  "ChannelCreatePrepareFlow",
  "ChannelCreatePrepareFlowGroup",
  "ChannelCreatePreparedPersonalEsign",
  "ChannelCreateReleaseFlow",
  "ChannelCreateRole",
  "ChannelCreateSealPolicy",
  "ChannelCreateUserAutoSignEnableUrl",
  "ChannelCreateUserAutoSignSealUrl",
  "ChannelCreateUserRoles",
  "ChannelCreateWebThemeConfig",
  "ChannelDeleteRole",
  "ChannelDeleteRoleUsers",
  "ChannelDeleteSealPolicies",
  "ChannelDescribeAccountBillDetail",
  "ChannelDescribeBillUsageDetail",
  "ChannelDescribeEmployees",
  "ChannelDescribeFlowComponents",
  "ChannelDescribeOrganizationSeals",
  "ChannelDescribeRoles",
  "ChannelDescribeSignFaceVideo",
  "ChannelDescribeUserAutoSignStatus",
  "ChannelDisableUserAutoSign",
  "ChannelGetTaskResultApi",
  "ChannelModifyRole",
  "ChannelRenewAutoSignLicense",
  "ChannelUpdateSealStatus",
  "ChannelVerifyPdf",
  "CreateBatchAdminChangeInvitations",
  "CreateBatchAdminChangeInvitationsUrl",
  "CreateBatchInitOrganizationUrl",
  "CreateBatchOrganizationAuthorizationUrl",
  "CreateBatchOrganizationRegistrationTasks",
  "CreateChannelFlowEvidenceReport",
  "CreateChannelOrganizationInfoChangeUrl",
  "CreateChannelSubOrganizationActive",
  "CreateCloseOrganizationUrl",
  "CreateConsoleLoginUrl",
  "CreateEmployeeChangeUrl",
  "CreateEmployeeQualificationSealQrCode",
  "CreateFileConvertTask",
  "CreateFlowBlockchainEvidenceUrl",
  "CreateFlowForwards",
  "CreateFlowGroupSignReview",
  "CreateFlowsByTemplates",
  "CreateLegalSealQrCode",
  "CreateModifyAdminAuthorizationUrl",
  "CreateOrganizationAuthFile",
  "CreatePartnerAutoSignAuthUrl",
  "CreatePersonAuthCertificateImage",
  "CreateSealByImage",
  "CreateSignUrls",
  "DeleteOrganizationAuthorizations",
  "DescribeBatchOrganizationRegistrationTasks",
  "DescribeBatchOrganizationRegistrationUrls",
  "DescribeCancelFlowsTask",
  "DescribeChannelFlowEvidenceReport",
  "DescribeChannelOrganizations",
  "DescribeChannelSealPolicyWorkflowUrl",
  "DescribeExtendedServiceAuthDetail",
  "DescribeExtendedServiceAuthInfo",
  "DescribeFileConvertTask",
  "DescribeFlowDetailInfo",
  "DescribeResourceUrlsByFlows",
  "DescribeTemplates",
  "DescribeUsage",
  "DescribeUserFlowType",
  "GetDownloadFlowUrl",
  "ModifyExtendedService",
  "ModifyFlowDeadline",
  "ModifyOrganizationBusinessInfo",
  "ModifyPartnerAutoSignAuthUrl",
  "OperateChannelTemplate",
  "OperateTemplate",
  "PrepareFlows",
  "SyncProxyOrganization",
  "SyncProxyOrganizationOperators",
  "UploadFiles"
];

// shared/contract/ChannelCancelMultiFlowSignQRCode.ts
import * as z3 from "zod/mini";

// shared/contract/structs/Agent.ts
import * as z2 from "zod/mini";

// shared/contract/structs/UserInfo.ts
import * as z from "zod/mini";
var UserInfo = z.strictObject({
  OpenId: z.optional(z.string().check(z.maxLength(64))),
  Channel: z.optional(z.string()),
  CustomUserId: z.optional(z.string()),
  ClientIp: z.optional(z.string()),
  ProxyIp: z.optional(z.string())
});

// shared/contract/structs/Agent.ts
var Agent = z2.strictObject({
  AppId: z2.string().check(z2.minLength(1)),
  ProxyOrganizationOpenId: z2.optional(z2.string().check(z2.maxLength(64))),
  ProxyOperator: z2.optional(UserInfo),
  ProxyAppId: z2.optional(z2.string()),
  ProxyOrganizationId: z2.optional(z2.string())
});
var ActingOperator = z2.extend(UserInfo, {
  OpenId: z2.string().check(z2.minLength(1), z2.maxLength(64))
});
var ActingAgent = z2.extend(Agent, {
  ProxyOrganizationOpenId: z2.string().check(z2.minLength(1), z2.maxLength(64)),
  ProxyOperator: ActingOperator
});

// shared/contract/ChannelCancelMultiFlowSignQRCode.ts
var request = z3.strictObject({
  Agent: ActingAgent,
  QrCodeId: z3.string().check(z3.minLength(1)),
  Operator: z3.optional(UserInfo)
});
var response = z3.looseObject({});
var ChannelCancelMultiFlowSignQRCode = {
  name: "ChannelCancelMultiFlowSignQRCode",
  request,
  response,
  requestsPerSecond: 20,
  repeatable: true,
  errorCodes: [
    "InternalError",
    "InternalError.DbRead",
    "InvalidParameter.DataNotFound",
    "InvalidParameter.ParamError",
    "MissingParameter",
    "OperationDenied.Forbid",
    "OperationDenied.QrInvalid",
    "UnauthorizedOperation.NoPermissionFeature"
  ]
};

// local/essbasic/gateway/emulated-action.ts
function emulate(action) {
  return action;
}

// local/essbasic/state/code-status.ts
var deaths = {
  cancelled: { zh: "\u5DF2\u88AB\u53D6\u6D88", en: "it was cancelled" },
  expired: { zh: "\u5DF2\u8FC7\u6709\u6548\u671F", en: "its time is over" },
  "used-up": { zh: "\u53D1\u8D77\u4EFD\u6570\u5DF2\u8FBE\u4E0A\u9650", en: "it has started as many contracts as it may" }
};
function codeStatus(code, nowS) {
  if (code.cancelledAtS !== void 0) return "cancelled";
  if (nowS >= code.expiresAtS) return "expired";
  return code.used >= code.maxFlowNum ? "used-up" : "alive";
}

// local/essbasic/actions/ChannelCancelMultiFlowSignQRCode.ts
var ChannelCancelMultiFlowSignQRCode2 = emulate({
  contract: ChannelCancelMultiFlowSignQRCode,
  forcibleId: ({ QrCodeId }) => QrCodeId,
  handle({ Agent: Agent2, QrCodeId }, { world, nowS }) {
    const code = world.codes.get(QrCodeId);
    if (code === void 0 || !isOwner(code, ownerOf(Agent2))) {
      const owned = code === void 0 ? "nobody has this code" : "the code belongs to another organisation";
      const detail = { zh: "\u6CA1\u6709 QrCodeId \u6240\u6307\u7B7E\u7F72\u7801", en: "there is no code with this QrCodeId" };
      return refusal("InvalidParameter.DataNotFound", detail, { reason: owned });
    }
    const status = codeStatus(code, nowS);
    if (status !== "alive") {
      const message = {
        zh: "\u7B7E\u7F72\u4E8C\u7EF4\u7801\u4E0D\u53EF\u7528\uFF0C\u8BF7\u68C0\u67E5\u540E\u91CD\u8BD5\u3002",
        en: "The QR code is not available, please check it and try again."
      };
      return publishedRefusal("OperationDenied.QrInvalid", message, `The code is dead: ${deaths[status].en}`);
    }
    code.cancelledAtS = nowS;
    return { ok: true, response: {} };
  }
});

// shared/contract/ChannelCreateMultiFlowSignQRCode.ts
import * as z8 from "zod/mini";

// shared/contract/structs/ApproverComponentLimitType.ts
import * as z4 from "zod/mini";
var signatureWays = ["HANDWRITE", "ESIGN", "OCR_ESIGN", "SYSTEM_ESIGN"];
var ApproverComponentLimitType = z4.strictObject({
  RecipientId: z4.string().check(z4.minLength(1)),
  Values: z4.optional(z4.array(z4.enum(signatureWays)))
});

// shared/contract/structs/ApproverRestriction.ts
import * as z5 from "zod/mini";
var idCardTypes = ["ID_CARD", "HONGKONG_AND_MACAO", "HONGKONG_MACAO_AND_TAIWAN"];
var ApproverRestriction = z5.strictObject({
  Name: z5.optional(z5.string()),
  Mobile: z5.optional(z5.string().check(z5.regex(/^(?:\d{11})?$/))),
  IdCardType: z5.optional(z5.enum(["", ...idCardTypes])),
  IdCardNumber: z5.optional(z5.string().check(z5.regex(/^[0-9A-Z()（）]*$/)))
});

// shared/contract/structs/SignQrCode.ts
import * as z6 from "zod/mini";
var SignQrCode = z6.looseObject({
  /** 32 characters. Needed to cancel, and nowhere to be looked up again. */
  QrCodeId: z6.string().check(z6.minLength(1)),
  /** The documents disagree whether this is a picture or a URL to be drawn as one; treat as opaque. */
  QrCodeUrl: z6.string(),
  /** Unix seconds. */
  ExpiredTime: z6.int(),
  /** Picture of the mini-programme code, since 2024-12-20. */
  WeixinQrCodeUrl: z6.optional(z6.string())
});

// shared/contract/structs/SignUrl.ts
import * as z7 from "zod/mini";
var SignUrl = z7.looseObject({
  /** Path inside the mini-programme, for apps that open it themselves. */
  AppSignUrl: z7.string(),
  /** `2022-08-05 15:55:01`, or the empty string: both occur in published answers. */
  EffectiveTime: z7.string(),
  /** Page that opens the mini-programme. */
  HttpSignUrl: z7.string()
});

// shared/contract/ChannelCreateMultiFlowSignQRCode.ts
var limits = {
  FlowName: { maxLength: 200 },
  QrCodeName: { maxLength: 200 },
  CallbackUrl: { maxLength: 1e3 },
  /** No upper bound is documented. */
  MaxFlowNum: { default: 5 },
  /** Days, counted from the start of each contract. */
  FlowEffectiveDay: { default: 7, max: 30 },
  /** Days, counted from the creation of the code to the second. */
  QrEffectiveDay: { default: 7, max: 90 },
  /** Days between creation and the farthest permitted `QrCodeExpiredOn`. */
  QrCodeExpiredOn: { maxDays: 365 },
  /** 合同, 文件, 协议 or 文书: the word that signers read. */
  FlowDisplayType: { default: 0, values: [0, 1, 2, 3] }
};
var count = z8.int().check(z8.minimum(0));
var request2 = z8.strictObject({
  Agent: ActingAgent,
  TemplateId: z8.string().check(z8.minLength(1)),
  // The documents allow Chinese, letters, digits and the underscore, yet a successful example of `ess` has a hyphen.
  FlowName: z8.string().check(z8.minLength(1), z8.maxLength(limits.FlowName.maxLength)),
  MaxFlowNum: z8.optional(count),
  FlowEffectiveDay: z8.optional(count.check(z8.maximum(limits.FlowEffectiveDay.max))),
  FlowDisplayType: z8.optional(z8.int().check(z8.minimum(0), z8.maximum(3))),
  QrEffectiveDay: z8.optional(count.check(z8.maximum(limits.QrEffectiveDay.max))),
  Restrictions: z8.optional(z8.array(ApproverRestriction)),
  ApproverComponentLimitTypes: z8.optional(z8.array(ApproverComponentLimitType)),
  CallbackUrl: z8.optional(z8.string().check(z8.maxLength(limits.CallbackUrl.maxLength))),
  ApproverRestrictions: z8.optional(ApproverRestriction),
  Operator: z8.optional(UserInfo),
  ForbidPersonalMultipleSign: z8.optional(z8.boolean()),
  FlowNameAppendScannerInfo: z8.optional(z8.boolean()),
  QrCodeName: z8.optional(z8.string().check(z8.maxLength(limits.QrCodeName.maxLength))),
  QrCodeExpiredOn: z8.optional(count)
});
var response2 = z8.looseObject({ QrCode: SignQrCode, SignUrls: SignUrl });
var ChannelCreateMultiFlowSignQRCode = {
  name: "ChannelCreateMultiFlowSignQRCode",
  request: request2,
  response: response2,
  requestsPerSecond: 20,
  repeatable: false,
  errorCodes: [
    "FailedOperation",
    "FailedOperation.QrCodeCreatorSignComponents",
    "FailedOperation.QrCodeSignUsers",
    "FailedOperation.QrCodeTemplateId",
    "InternalError",
    "InvalidParameter",
    "InvalidParameter.ParamError",
    "MissingParameter",
    "OperationDenied.NoQuota",
    "ResourceNotFound",
    "ResourceNotFound.Application",
    "ResourceNotFound.Template",
    "UnauthorizedOperation.NoPermissionFeature"
  ]
};
var secondsPerDay2 = 86400;
function effectiveLimits(asked, createdAtS) {
  const days = asked.QrEffectiveDay || limits.QrEffectiveDay.default;
  return {
    maxFlowNum: asked.MaxFlowNum || limits.MaxFlowNum.default,
    flowEffectiveDays: asked.FlowEffectiveDay || limits.FlowEffectiveDay.default,
    /** Unix seconds. */
    expiresAtS: asked.QrCodeExpiredOn || createdAtS + days * secondsPerDay2,
    /** The farthest end that upstream permits. Unix seconds. */
    farthestExpiryS: createdAtS + limits.QrCodeExpiredOn.maxDays * secondsPerDay2
  };
}

// shared/contract/sign-code-fitness.ts
function partiesOf(template2) {
  const recipients = template2.Recipients ?? [];
  const signers = recipients.filter(({ RecipientType }) => RecipientType !== "PROMOTER");
  return {
    template: template2,
    identified: Array.isArray(template2.Recipients) && recipients.every(({ RecipientId }) => RecipientId),
    promoters: recipients.filter(({ RecipientType }) => RecipientType === "PROMOTER"),
    signers,
    people: signers.filter(({ RecipientType }) => RecipientType === "INDIVIDUAL"),
    enterprises: signers.filter(({ RecipientType }) => RecipientType === "ENTERPRISE")
  };
}
function owns(parties, { ComponentRecipientId: owner }) {
  return parties.some(({ RecipientId }) => RecipientId === owner);
}
function initiatorFills({ template: template2, identified, signers }) {
  const others = signers.filter(({ IsPromoter }) => IsPromoter !== true);
  return identified && (template2.Components ?? []).some((component2) => !owns(others, component2));
}
function initiatorSigns({ template: template2, promoters }) {
  return (template2.SignComponents ?? []).some((component2) => owns(promoters, component2));
}
var mixed = ({ people, enterprises }) => people.length > 0 && enterprises.length > 0;
var orders = (parties) => parties.map(({ RoutingOrder }) => RoutingOrder);
var orderKnown = ({ signers }) => orders(signers).every((order) => order !== void 0);
function enterpriseFirst(parties) {
  if (!mixed(parties) || !orderKnown(parties)) return false;
  const earliest = (group) => Math.min(...orders(group).map((order) => order ?? Number.POSITIVE_INFINITY));
  return earliest(parties.enterprises) < earliest(parties.people);
}
var signCodeRules = [
  {
    rule: "TemplateDisabled",
    code: "FailedOperation.QrCodeTemplateId",
    certain: true,
    zh: "\u6A21\u677F\u5DF2\u505C\u7528",
    en: "The template is disabled",
    applies: ({ template: template2 }) => template2.Available === 2
  },
  {
    rule: "AvailabilityUnknown",
    code: "FailedOperation.QrCodeTemplateId",
    certain: false,
    zh: "\u6A21\u677F\u7684\u53EF\u7528\u72B6\u6001\u53D6\u503C\u672A\u89C1\u4E8E\u6587\u6863",
    en: "The template has a state that is not documented",
    applies: ({ template: template2 }) => ![void 0, 1, 2].includes(template2.Available)
  },
  {
    rule: "DetailsMissing",
    code: "FailedOperation.QrCodeTemplateId",
    certain: false,
    zh: "\u53C2\u4E0E\u65B9\u6216\u63A7\u4EF6\u5217\u8868\u7F3A\u5931\u6216\u4E0D\u5B8C\u6574\uFF08ContentType \u4E3A 1 \u65F6\u4E0D\u8FD4\u56DE\uFF09\uFF0C\u65E0\u6CD5\u5224\u65AD",
    en: "The lists of parties and fields are missing or incomplete (a ContentType of 1 leaves them out)",
    applies: ({ identified, template: template2 }) => !identified || !Array.isArray(template2.Components) || !Array.isArray(template2.SignComponents)
  },
  {
    rule: "InitiatorFills",
    code: "FailedOperation.QrCodeCreatorSignComponents",
    certain: true,
    zh: "\u53D1\u8D77\u65B9\u6709\u586B\u5199\u63A7\u4EF6\uFF0C\u626B\u7801\u65F6\u65E0\u4EBA\u4EE3\u4E3A\u586B\u5199",
    en: "The initiator has fields to fill in, and nobody is there to fill them in at a scan",
    applies: initiatorFills
  },
  {
    rule: "InitiatorSigns",
    code: "FailedOperation.QrCodeCreatorSignComponents",
    certain: false,
    zh: "\u53D1\u8D77\u65B9\u89D2\u8272\u5E26\u6709\u7B7E\u7F72\u63A7\u4EF6\uFF1A\u6587\u6863\u4EC5\u7981\u6B62\u586B\u5199\u63A7\u4EF6\uFF0C\u540C\u7C7B\u4EA7\u54C1\u7684\u9519\u8BEF\u8BF4\u660E\u5374\u4E5F\u7981\u6B62\u7B7E\u7F72\u63A7\u4EF6",
    en: "The initiating role has fields to sign: the documents forbid fields to fill in only, an error text of the sibling product forbids these as well",
    applies: initiatorSigns
  },
  {
    rule: "NoSigner",
    code: "FailedOperation.QrCodeSignUsers",
    certain: true,
    zh: "\u6A21\u677F\u6CA1\u6709\u7B7E\u7F72\u4EBA",
    en: "The template has no signer",
    applies: ({ template: template2, signers }) => Array.isArray(template2.Recipients) && signers.length === 0
  },
  {
    rule: "SignerKindUnknown",
    code: "FailedOperation.QrCodeTemplateId",
    certain: false,
    zh: "\u6709\u7B7E\u7F72\u65B9\u7684\u7C7B\u578B\u672A\u89C1\u4E8E\u6587\u6863",
    en: "A signer is of a kind that is not documented",
    applies: ({ signers, people, enterprises }) => signers.length > people.length + enterprises.length
  },
  {
    rule: "NoPerson",
    code: "FailedOperation.QrCodeTemplateId",
    certain: true,
    zh: "\u7B7E\u7F72\u65B9\u5168\u90E8\u662F\u4F01\u4E1A\uFF0C\u6CA1\u6709\u53EF\u4EE5\u626B\u7801\u7684\u4E2A\u4EBA",
    en: "All signers are enterprises: there is no person to scan the code",
    applies: ({ signers, enterprises }) => signers.length > 0 && signers.length === enterprises.length
  },
  {
    rule: "SeveralPeople",
    code: "FailedOperation.QrCodeTemplateId",
    certain: false,
    zh: "\u4E2A\u4EBA\u7B7E\u7F72\u65B9\u4E0D\u6B62\u4E00\u4E2A\uFF1A\u65E7\u6587\u6863\u53EA\u5141\u8BB8\u4E00\u4E2A\uFF0C\u65B0\u6587\u6863\u672A\u8BF4\u660E",
    en: "More than one person signs: the old documents allow one, the new ones do not say",
    applies: ({ people }) => people.length > 1
  },
  {
    rule: "SeveralEnterprises",
    code: "FailedOperation.QrCodeTemplateId",
    certain: true,
    zh: "\u4F01\u4E1A\u7B7E\u7F72\u65B9\u4E0D\u6B62\u4E00\u4E2A\uFF0C\u800C\u4F01\u4E1A\u65B9\u53EA\u80FD\u7531\u53D1\u8D77\u65B9\u4F01\u4E1A\u7B7E\u7F72",
    en: "More than one enterprise signs, but only the initiating enterprise may",
    applies: ({ enterprises }) => enterprises.length > 1
  },
  {
    rule: "OrderUnknown",
    code: "FailedOperation.QrCodeTemplateId",
    certain: false,
    zh: "\u4F01\u4E1A\u4E0E\u4E2A\u4EBA\u5171\u540C\u7B7E\u7F72\uFF0C\u4F46\u7F3A\u5C11\u7B7E\u7F72\u987A\u5E8F\uFF0C\u65E0\u6CD5\u5224\u65AD",
    en: "An enterprise and a person sign, and the order is missing",
    applies: (parties) => mixed(parties) && !orderKnown(parties)
  },
  {
    rule: "EnterpriseFirst",
    code: "FailedOperation.QrCodeTemplateId",
    certain: true,
    zh: "\u6309\u987A\u5E8F\u7B7E\u7F72\u4E14\u4F01\u4E1A\u4E3A\u9996\u4F4D\uFF1B\u8BF7\u6539\u4E3A\u65E0\u5E8F\u7B7E\u7F72\uFF0C\u6216\u8BA9\u4E2A\u4EBA\u5148\u7B7E",
    en: "Signing is ordered and the enterprise comes first; make it unordered, or let the person sign first",
    applies: (parties) => enterpriseFirst(parties) && parties.template.TemplateType === 3
  },
  {
    rule: "EnterpriseFirstAutoSign",
    code: "FailedOperation.QrCodeTemplateId",
    certain: false,
    zh: "\u6309\u987A\u5E8F\u7B7E\u7F72\u4E14\u4F01\u4E1A\u4E3A\u9996\u4F4D\uFF1A\u82E5\u4F01\u4E1A\u81EA\u52A8\u7B7E\u7F72\uFF0C\u65E7\u6587\u6863\u5141\u8BB8\uFF0C\u65B0\u6587\u6863\u672A\u63D0\u53CA",
    en: "Signing is ordered and the enterprise comes first: with automatic signing the old documents allow this, the new ones do not name it",
    applies: (parties) => enterpriseFirst(parties) && parties.template.TemplateType !== 3
  }
];
function signCodeFitness(template2) {
  const parties = partiesOf(template2);
  const reasons = signCodeRules.filter(({ applies }) => applies(parties)).map(({ applies: _2, ...reason }) => reason);
  if (reasons.length === 0) return { fitness: "fit", reasons };
  return { fitness: reasons.some(({ certain }) => certain) ? "unfit" : "uncertain", reasons };
}

// local/essbasic/actions/code-links.ts
function jumpPageUrl({ QrCodeId, expiresAtS }, baseUrl) {
  return `${baseUrl}/h5/jump-mp.html?where=mini&from=MSG&to=CHANNEL_CONTRACT_COVER&qrCodeId=${encodeURIComponent(QrCodeId)}&expiredTime=${expiresAtS}`;
}
function pictureUrl({ QrCodeId }, baseUrl) {
  return `${baseUrl}/imgs/multiSignQrCodes/QrCode/${encodeURIComponent(QrCodeId)}.png`;
}
var hkeyOf = (QrCodeId) => Buffer.from(QrCodeId).toString("hex");
function linksOf(code, baseUrl) {
  const { QrCodeId, expiresAtS } = code;
  return {
    QrCode: {
      ExpiredTime: expiresAtS,
      QrCodeId,
      QrCodeUrl: pictureUrl(code, baseUrl),
      WeixinQrCodeUrl: `${baseUrl}/bresource/resource/resource/0/0.PNG?hkey=${hkeyOf(QrCodeId)}`
    },
    SignUrls: {
      AppSignUrl: `pages/guide?from=default&where=mini&autoJumpBack=true&to=CHANNEL_CONTRACT_COVER&qrCodeId=${QrCodeId}&expiredTime=${expiresAtS}`,
      // Empty in the published examples of this product, though its description promises a date.
      EffectiveTime: "",
      HttpSignUrl: jumpPageUrl(code, baseUrl)
    }
  };
}

// local/essbasic/actions/ChannelCreateMultiFlowSignQRCode.ts
var ChannelCreateMultiFlowSignQRCode2 = emulate({
  contract: ChannelCreateMultiFlowSignQRCode,
  forcibleId: ({ TemplateId }) => TemplateId,
  handle(request4, context) {
    const template2 = templateOf(request4, context);
    if ("ok" in template2) return template2;
    const refused2 = refusalOfTemplate(template2) ?? refusalOfSignatureWays(request4, template2) ?? refusalOfExpiry(request4, context) ?? refusalOfQuota(request4, context);
    if (refused2) return refused2;
    const code = codeFor2(request4, context);
    context.world.codes.set(code.QrCodeId, code);
    return { ok: true, response: linksOf(code, context.baseUrl) };
  }
});
function templateOf({ Agent: Agent2, TemplateId }, { world }) {
  const owned = world.templates.get(TemplateId);
  if (owned !== void 0 && isOwner(owned, ownerOf(Agent2))) return owned;
  return refusal(
    "ResourceNotFound.Template",
    { zh: "\u4F01\u4E1A\u6CA1\u6709 TemplateId \u6240\u6307\u6A21\u677F", en: "the organisation has no template with this TemplateId" },
    { reason: owned ? "The template belongs to another organisation" : "There is no template with this TemplateId" }
  );
}
function refusalOfTemplate({ template: template2 }) {
  const { fitness, reasons } = signCodeFitness(template2);
  const [first] = reasons.filter(({ certain }) => certain);
  if (fitness !== "unfit" || first === void 0) return void 0;
  const reason = reasons.map(({ rule, en }) => `${rule}: ${en}`).join("; ");
  if (first.code !== "FailedOperation.QrCodeTemplateId") return refusal(first.code, first, { reason });
  const message = {
    zh: "\u4E8C\u7EF4\u7801\u751F\u6210\u5931\u8D25\uFF0C\u6A21\u677F\u672A\u6EE1\u8DB3\u751F\u6210\u4E8C\u7EF4\u7801",
    en: "The QR code was not made: the template does not meet the conditions"
  };
  return publishedRefusal(first.code, message, reason);
}
function refusalOfSignatureWays(request4, { template: template2 }) {
  const known = (template2.Recipients ?? []).map(({ RecipientId }) => RecipientId);
  const ways = request4.ApproverComponentLimitTypes ?? [];
  const index2 = ways.findIndex(({ RecipientId }) => !known.includes(RecipientId));
  if (index2 === -1) return void 0;
  const path = `ApproverComponentLimitTypes.${index2}.RecipientId`;
  const detail = { zh: `${path} \u4E0D\u662F\u8BE5\u6A21\u677F\u7684\u53C2\u4E0E\u65B9`, en: `${path} is no party of the template` };
  return refusal("InvalidParameter.ParamError", detail);
}
function refusalOfExpiry(request4, { nowS }) {
  const { expiresAtS, farthestExpiryS } = effectiveLimits(request4, nowS);
  const code = "InvalidParameter.QrEffectDay";
  if (expiresAtS <= nowS) {
    return refusal(code, { zh: "QrCodeExpiredOn \u5DF2\u8FC7", en: "QrCodeExpiredOn is not in the future" });
  }
  if (expiresAtS <= farthestExpiryS) return void 0;
  return refusal(code, { zh: "QrCodeExpiredOn \u8D85\u8FC7 365 \u5929", en: "QrCodeExpiredOn is more than 365 days away" });
}
function refusalOfQuota({ Agent: Agent2 }, { world }) {
  if (world.organisations.get(organisationKey(ownerOf(Agent2)))?.quota !== 0) return void 0;
  return refusal("OperationDenied.NoQuota", { zh: "\u4F01\u4E1A\u5408\u540C\u989D\u5EA6\u4E3A 0", en: "the quota of the organisation is 0" });
}
function codeFor2(request4, { nowS, random: random2, world }) {
  const { maxFlowNum, flowEffectiveDays, expiresAtS } = effectiveLimits(request4, nowS);
  let QrCodeId = upstreamId(random2);
  while (world.codes.has(QrCodeId)) QrCodeId = upstreamId(random2);
  return {
    QrCodeId,
    ...ownerOf(request4.Agent),
    TemplateId: request4.TemplateId,
    FlowName: request4.FlowName,
    QrCodeName: request4.QrCodeName || request4.FlowName,
    createdAtS: nowS,
    expiresAtS,
    maxFlowNum,
    used: 0,
    flowEffectiveDays,
    restrictions: restrictionsOf(request4),
    forbidPersonalMultipleSign: request4.ForbidPersonalMultipleSign ?? false,
    flowNameAppendScannerInfo: request4.FlowNameAppendScannerInfo ?? false,
    scannedBy: []
  };
}
function restrictionsOf({ Restrictions = [], ApproverRestrictions }) {
  const all = ApproverRestrictions === void 0 ? Restrictions : [...Restrictions, ApproverRestrictions];
  return all.filter((restriction) => Object.values(restriction).some((value) => value !== ""));
}

// shared/contract/DescribeTemplates.ts
import * as z13 from "zod/mini";

// shared/contract/structs/TemplateInfo.ts
import * as z12 from "zod/mini";

// shared/contract/structs/Component.ts
import * as z9 from "zod/mini";
var Component = z9.looseObject({
  ComponentId: z9.optional(z9.string()),
  ComponentType: z9.optional(z9.string()),
  ComponentName: z9.optional(z9.string()),
  ComponentRequired: z9.optional(z9.boolean()),
  ComponentRecipientId: z9.optional(z9.string()),
  FileIndex: z9.optional(z9.int()),
  GenerateMode: z9.optional(z9.string()),
  ComponentWidth: z9.optional(z9.number()),
  ComponentHeight: z9.optional(z9.number()),
  ComponentPage: z9.optional(z9.int()),
  ComponentPosX: z9.optional(z9.number()),
  ComponentPosY: z9.optional(z9.number()),
  ComponentExtra: z9.optional(z9.string()),
  ComponentValue: z9.optional(z9.string()),
  ComponentDateFontSize: z9.optional(z9.int()),
  DocumentId: z9.optional(z9.string()),
  ComponentDescription: z9.optional(z9.string()),
  OffsetX: z9.optional(z9.number()),
  OffsetY: z9.optional(z9.number()),
  ChannelComponentId: z9.optional(z9.string()),
  KeywordOrder: z9.optional(z9.string()),
  KeywordPage: z9.optional(z9.int()),
  RelativeLocation: z9.optional(z9.string()),
  KeywordIndexes: z9.optional(z9.array(z9.int())),
  Placeholder: z9.optional(z9.string()),
  LockComponentValue: z9.optional(z9.boolean()),
  ForbidMoveAndDelete: z9.optional(z9.boolean())
});

// shared/contract/structs/Recipient.ts
import * as z10 from "zod/mini";
var Recipient = z10.looseObject({
  RecipientId: z10.optional(z10.string()),
  /** One of {@link recipientTypes}. */
  RecipientType: z10.optional(z10.string()),
  Description: z10.optional(z10.string()),
  RoleName: z10.optional(z10.string()),
  RequireValidation: z10.optional(z10.boolean()),
  RequireSign: z10.optional(z10.boolean()),
  SignType: z10.optional(z10.int()),
  /** The smaller, the earlier. The published unordered template has -1 everywhere. */
  RoutingOrder: z10.optional(z10.int()),
  IsPromoter: z10.optional(z10.boolean()),
  ApproverVerifyTypes: z10.optional(z10.array(z10.int())),
  ApproverSignTypes: z10.optional(z10.array(z10.int())),
  NoTransfer: z10.optional(z10.boolean())
});

// shared/contract/structs/UserFlowType.ts
import * as z11 from "zod/mini";
var UserFlowType = z11.looseObject({
  UserFlowTypeId: z11.optional(z11.string()),
  Name: z11.optional(z11.string()),
  Description: z11.optional(z11.string())
});

// shared/contract/structs/TemplateInfo.ts
var TemplateInfo = z12.looseObject({
  TemplateId: z12.string(),
  TemplateName: z12.optional(z12.string()),
  Description: z12.optional(z12.string()),
  /** Fill components: the initiator's alone, unless `QueryAllComponents` was set. */
  Components: z12.optional(z12.nullable(z12.array(Component))),
  /** The parties that sign. */
  Recipients: z12.optional(z12.nullable(z12.array(Recipient))),
  SignComponents: z12.optional(z12.nullable(z12.array(Component))),
  /** 1: the initiating organisation signs by itself (静默签, 自动签, of late 授权签). 3: every party signs by hand. */
  TemplateType: z12.optional(z12.int()),
  IsPromoter: z12.optional(z12.boolean()),
  Creator: z12.optional(z12.string()),
  /** Unix seconds. */
  CreatedOn: z12.optional(z12.int()),
  /** Valid for 5 minutes. */
  PreviewUrl: z12.optional(z12.string()),
  /** Valid for 5 minutes. */
  PdfUrl: z12.optional(z12.string()),
  ChannelTemplateId: z12.optional(z12.string()),
  ChannelTemplateName: z12.optional(z12.string()),
  ChannelAutoSave: z12.optional(z12.int()),
  TemplateVersion: z12.optional(z12.string()),
  /** 1: enabled. 2: disabled. */
  Available: z12.optional(z12.int()),
  UserFlowType: z12.optional(z12.nullable(UserFlowType))
});

// shared/contract/DescribeTemplates.ts
var limits2 = {
  Limit: { default: 20, max: 100 },
  Offset: { default: 0, max: 2e4 },
  TemplateIds: { maxItems: 100 },
  TemplateName: { maxLength: 200 }
};
var request3 = z13.strictObject({
  Agent: ActingAgent,
  TemplateId: z13.optional(z13.string()),
  ContentType: z13.optional(z13.int().check(z13.minimum(0), z13.maximum(1))),
  TemplateIds: z13.optional(z13.array(z13.string()).check(z13.maxLength(limits2.TemplateIds.maxItems))),
  Limit: z13.optional(z13.int().check(z13.minimum(0), z13.maximum(limits2.Limit.max))),
  Offset: z13.optional(z13.int().check(z13.minimum(0), z13.maximum(limits2.Offset.max))),
  TemplateName: z13.optional(z13.string().check(z13.maxLength(limits2.TemplateName.maxLength))),
  ChannelTemplateId: z13.optional(z13.string()),
  QueryAllComponents: z13.optional(z13.boolean()),
  WithPreviewUrl: z13.optional(z13.boolean()),
  ShowPreviewComponents: z13.optional(z13.boolean()),
  WithPdfUrl: z13.optional(z13.boolean()),
  Operator: z13.optional(UserInfo),
  UserFlowTypeId: z13.optional(z13.string())
});
var response3 = z13.looseObject({
  Templates: z13.array(TemplateInfo),
  TotalCount: z13.int(),
  Limit: z13.int(),
  Offset: z13.int()
});
var DescribeTemplates = {
  name: "DescribeTemplates",
  request: request3,
  response: response3,
  requestsPerSecond: 20,
  repeatable: true,
  errorCodes: [
    "FailedOperation",
    "InternalError",
    "InternalError.System",
    "InvalidParameter",
    "InvalidParameter.Application",
    "InvalidParameter.ContentType",
    "InvalidParameter.DataNotFound",
    "InvalidParameter.ParamError",
    "InvalidParameterValue",
    "MissingParameter",
    "OperationDenied",
    "OperationDenied.NoIdentityVerify",
    "OperationDenied.OrganizationClosing",
    "OperationDenied.UserNotInOrganization",
    "ResourceNotFound",
    "ResourceNotFound.Application",
    "ResourceNotFound.Resource",
    "ResourceNotFound.Template",
    "ResourceNotFound.User",
    "ResourceUnavailable",
    "UnauthorizedOperation",
    "UnauthorizedOperation.NoPermissionFeature"
  ]
};

// local/essbasic/actions/template-links.ts
var lifeS = 300;
var query = (TemplateId, nowS) => `templateId=${encodeURIComponent(TemplateId)}&expiredTime=${nowS + lifeS}`;
function previewUrl(TemplateId, baseUrl, nowS) {
  return `${baseUrl}/h5/template-preview.html?${query(TemplateId, nowS)}`;
}
function pdfUrl(TemplateId, baseUrl, nowS) {
  return `${baseUrl}/files/template.pdf?${query(TemplateId, nowS)}`;
}

// local/essbasic/actions/DescribeTemplates.ts
var DescribeTemplates2 = emulate({
  contract: DescribeTemplates,
  forcibleId: ({ TemplateId }) => TemplateId,
  handle(request4, context) {
    const asked = askedFor(request4, context);
    if ("ok" in asked) return asked;
    const found = asked.filter((template2) => passesFilters(template2, request4));
    const Limit = request4.Limit || limits2.Limit.default;
    const Offset = request4.Offset ?? limits2.Offset.default;
    const page = named(request4) === "many" ? found : found.slice(Offset, Offset + Limit);
    return {
      ok: true,
      response: {
        Templates: page.map((template2) => presented(template2, request4, context)),
        TotalCount: found.length,
        Limit,
        Offset
      }
    };
  }
});
function named({ TemplateId, TemplateIds }) {
  if (TemplateId) return "one";
  return TemplateIds?.length ? "many" : "none";
}
function askedFor(request4, { world }) {
  const owner = ownerOf(request4.Agent);
  const all = [...world.templates.values()].filter((owned) => isOwner(owned, owner)).map(({ template: template2 }) => template2);
  const kind = named(request4);
  if (kind === "none") return all;
  if (kind === "one") return all.filter(({ TemplateId }) => TemplateId === request4.TemplateId);
  const ids = new Set(request4.TemplateIds);
  const known = new Set(all.map(({ TemplateId }) => TemplateId));
  if ([...ids].some((id) => !known.has(id))) {
    const detail = {
      zh: "TemplateIds \u4E2D\u6709\u6A21\u677F\u4E0D\u5B58\u5728\uFF0C\u6216\u4E0D\u5C5E\u4E8E\u5F53\u524D\u4F01\u4E1A",
      en: "TemplateIds names a template that does not exist, or not in this organisation"
    };
    return refusal("ResourceNotFound.Template", detail);
  }
  return all.filter(({ TemplateId }) => ids.has(TemplateId));
}
function passesFilters(template2, request4) {
  const { TemplateName, ChannelTemplateId, UserFlowTypeId } = request4;
  return (!TemplateName || (template2.TemplateName ?? "").includes(TemplateName)) && (!ChannelTemplateId || template2.ChannelTemplateId === ChannelTemplateId) && (!UserFlowTypeId || template2.UserFlowType?.UserFlowTypeId === UserFlowTypeId);
}
function presented(template2, request4, { baseUrl, nowS }) {
  const links = {
    PreviewUrl: request4.WithPreviewUrl ? previewUrl(template2.TemplateId, baseUrl, nowS) : "",
    PdfUrl: request4.WithPdfUrl ? pdfUrl(template2.TemplateId, baseUrl, nowS) : ""
  };
  if (request4.ContentType === 1) {
    return { ...template2, ...links, Components: null, SignComponents: null, Recipients: null };
  }
  const Components = request4.QueryAllComponents ? template2.Components : initiatorComponents(template2);
  return { ...template2, ...links, ...Components !== void 0 && { Components } };
}
function initiatorComponents({ Components, Recipients }) {
  const others = (Recipients ?? []).filter(
    ({ RecipientType, IsPromoter }) => RecipientType !== "PROMOTER" && IsPromoter !== true
  );
  const ids = new Set(others.map(({ RecipientId }) => RecipientId));
  return Components?.filter(({ ComponentRecipientId }) => !ids.has(ComponentRecipientId));
}

// local/essbasic/gateway/emulated-actions.ts
var emulatedActions = [
  ChannelCreateMultiFlowSignQRCode2,
  ChannelCancelMultiFlowSignQRCode2,
  DescribeTemplates2
];
function emulatedAction(name2) {
  return emulatedActions.find(({ contract }) => contract.name === name2);
}

// local/essbasic/gateway/check-call.ts
var maxBodyBytes = 10 * 1024 * 1024;
function checkCall(call) {
  const unsupported = refusalOfProtocol(call);
  if (unsupported) return unsupported;
  if (call.body === void 0) {
    const detail = { zh: "\u8BF7\u6C42\u4F53\u8D85\u8FC7 10 MB", en: "the body is larger than 10 MB" };
    return refusal("RequestSizeLimitExceeded", detail);
  }
  const action = actionOf(call);
  return "ok" in action ? action : { ok: true, action, body: call.body };
}
function refusalOfProtocol(call) {
  if (call.method !== "POST") {
    return refusal("UnsupportedProtocol", {
      zh: "\u6A21\u62DF\u5668\u53EA\u63A5\u53D7 POST\uFF1B\u8BF4\u660E\u89C1 /_emulator/",
      en: "the emulator takes POST only; /_emulator/ says what there is"
    });
  }
  const contentType = header(call, "content-type").split(";")[0]?.trim().toLowerCase();
  if (contentType === "application/json") return void 0;
  const detail = { zh: "Content-Type \u987B\u4E3A application/json", en: "Content-Type must be application/json" };
  return refusal("InvalidParameter", detail);
}
function actionOf(call) {
  const name2 = header(call, "x-tc-action");
  const version = header(call, "x-tc-version");
  if (name2 === "") return missingHeader("X-TC-Action");
  if (version === "") return missingHeader("X-TC-Version");
  if (version !== api.version) {
    const detail = { zh: `X-TC-Version \u987B\u4E3A ${api.version}`, en: `X-TC-Version must be ${api.version}` };
    return refusal("NoSuchVersion", detail);
  }
  return emulatedAction(name2) ?? refusal("InvalidAction", unknownAction(name2));
}
function missingHeader(name2) {
  return refusal("MissingParameter", { zh: `\u8BF7\u6C42\u5934 ${name2} \u7F3A\u5931`, en: `the header ${name2} is missing` });
}
function unknownAction(name2) {
  return upstreamActions.includes(name2) ? { zh: `${name2} \u672A\u88AB\u6A21\u62DF`, en: `${name2} exists upstream, but is not emulated` } : { zh: "essbasic \u6CA1\u6709\u6B64\u63A5\u53E3", en: "essbasic has no such action" };
}

// local/essbasic/gateway/forced-error.ts
var prefix = "force:";
function forcedRefusal(id) {
  if (id === void 0 || !id.startsWith(prefix)) return void 0;
  const code = id.slice(prefix.length);
  if (!isErrorCode(code)) return void 0;
  return refusal(code, { zh: "\u7531\u7F16\u53F7\u4E2D\u7684 force: \u89E6\u53D1", en: "forced by the id in the request" });
}
function isErrorCode(code) {
  return Object.hasOwn(errorCodes, code);
}

// local/essbasic/gateway/violation.ts
var readableName = (name2) => /^[A-Za-z]\w{0,63}$/.test(name2) ? name2 : "***";
function pathOf(...steps) {
  return steps.map((step) => typeof step === "number" ? `${step}` : readableName(String(step))).join(".");
}
function valueAt(input, path) {
  let value = input;
  for (const step of path) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, step)) return void 0;
    value = Reflect.get(value, step);
  }
  return value;
}
var typeNames = {
  string: { zh: "\u5B57\u7B26\u4E32", en: "a string" },
  int: { zh: "\u6574\u6570", en: "a whole number" },
  number: { zh: "\u6570\u5B57", en: "a number" },
  boolean: { zh: "\u5E03\u5C14\u503C", en: "true or false" },
  array: { zh: "\u6570\u7EC4", en: "an array" },
  object: { zh: "\u5BF9\u8C61", en: "an object" },
  record: { zh: "\u5BF9\u8C61", en: "an object" }
};
var unitNames = {
  string: { zh: "\u4E2A\u5B57\u7B26", en: " characters" },
  array: { zh: "\u9879", en: " items" }
};
function textOf(issue) {
  switch (issue.code) {
    case "invalid_type": {
      const type = typeNames[issue.expected] ?? { zh: issue.expected, en: issue.expected };
      return { zh: `\u987B\u4E3A${type.zh}`, en: `must be ${type.en}` };
    }
    case "too_small": {
      const unit = unitNames[issue.origin] ?? { zh: "", en: "" };
      return { zh: `\u4E0D\u5F97\u5C11\u4E8E ${issue.minimum}${unit.zh}`, en: `must be at least ${issue.minimum}${unit.en}` };
    }
    case "too_big": {
      const unit = unitNames[issue.origin] ?? { zh: "", en: "" };
      return { zh: `\u4E0D\u5F97\u8D85\u8FC7 ${issue.maximum}${unit.zh}`, en: `must be at most ${issue.maximum}${unit.en}` };
    }
    case "invalid_value": {
      const values = issue.values.map((value) => JSON.stringify(value)).join(", ");
      return { zh: `\u987B\u4E3A ${values} \u4E4B\u4E00`, en: `must be one of ${values}` };
    }
    case "custom":
      return { zh: issue.message, en: issue.message };
    default:
      return { zh: "\u683C\u5F0F\u4E0D\u6B63\u786E", en: "has the wrong form" };
  }
}
function violationsOf(issues, input) {
  return issues.flatMap((issue) => {
    if (issue.code === "unrecognized_keys") {
      const text = { zh: "\u672A\u77E5\u53C2\u6570", en: "is not a known member" };
      return issue.keys.map((key) => ({ path: pathOf(...issue.path, key), kind: "unknown", text }));
    }
    const path = pathOf(...issue.path);
    if (issue.path.length > 0 && valueAt(input, issue.path) === void 0) {
      return [{ path, kind: "missing", text: { zh: "\u7F3A\u5931", en: "is missing" } }];
    }
    return [{ path, kind: issue.code === "invalid_type" ? "type" : "value", text: textOf(issue) }];
  });
}

// local/essbasic/gateway/mask-request.ts
var shown = /* @__PURE__ */ new Set([
  "Agent.AppId",
  "Agent.ProxyOrganizationOpenId",
  "Agent.ProxyOperator.OpenId",
  "TemplateId",
  "FlowName",
  "MaxFlowNum",
  "FlowEffectiveDay",
  "FlowDisplayType",
  "QrEffectiveDay",
  "Restrictions.IdCardType",
  "ApproverRestrictions.IdCardType",
  "ApproverComponentLimitTypes.RecipientId",
  "ApproverComponentLimitTypes.Values",
  "ForbidPersonalMultipleSign",
  "FlowNameAppendScannerInfo",
  "QrCodeName",
  "QrCodeExpiredOn",
  "QrCodeId",
  "ContentType",
  "TemplateIds",
  "Limit",
  "Offset",
  "TemplateName",
  "ChannelTemplateId",
  "QueryAllComponents",
  "WithPreviewUrl",
  "ShowPreviewComponents",
  "WithPdfUrl",
  "UserFlowTypeId"
]);
var hidden = "***";
var maxItems = 20;
var maxText = 300;
var maxDepth = 6;
function maskRequest(value, path = "", depth = 0) {
  if (depth > maxDepth) return hidden;
  if (Array.isArray(value)) {
    const items = value.slice(0, maxItems).map((item) => maskRequest(item, path, depth + 1));
    return value.length > maxItems ? [...items, `\u2026 ${value.length - maxItems} more`] : items;
  }
  if (typeof value === "object" && value !== null) {
    const members = Object.entries(value).slice(0, maxItems);
    return Object.fromEntries(
      members.map(([name2, member]) => {
        const memberPath = path === "" ? name2 : `${path}.${name2}`;
        return [readableName(name2), maskRequest(member, memberPath, depth + 1)];
      })
    );
  }
  if (!shown.has(path)) return hidden;
  return typeof value === "string" && value.length > maxText ? `${value.slice(0, maxText)}\u2026` : value;
}

// local/essbasic/gateway/parse-request.ts
import * as z14 from "zod/mini";
var utf8 = new TextDecoder("utf-8", { fatal: true });
function parseBody(body) {
  try {
    return { ok: true, value: JSON.parse(utf8.decode(body)) };
  } catch {
    return refusal("InvalidParameter", { zh: "\u8BF7\u6C42\u4F53\u4E0D\u662F UTF-8 \u7F16\u7801\u7684 JSON", en: "the body is not JSON in UTF-8" });
  }
}
function parseRequest(contract, value) {
  const parsed = z14.safeParse(contract.request, value);
  if (parsed.success) return { ok: true, value: parsed.data };
  return refusalOfViolations(contract, violationsOf(parsed.error.issues, value));
}
var precedence = ["missing", "unknown", "type", "value"];
function refusalOfViolations(contract, violations) {
  const [first] = precedence.flatMap((kind) => violations.filter((violation) => violation.kind === kind));
  if (first === void 0) throw new TypeError("A schema refused a request without saying why");
  const { path, text } = first;
  const detail = { zh: `${path || "\u8BF7\u6C42\u4F53"} ${text.zh}`, en: `${path || "the body"} ${text.en}` };
  const reason = violations.map((one) => `${one.path || "the body"} ${one.text.en}`).join("; ");
  return refusal(codeOf(contract, first), detail, { reason });
}
function codeOf(contract, { kind, path }) {
  if (kind === "missing") return "MissingParameter";
  if (kind === "unknown") return "UnknownParameter";
  if (kind === "type") return "InvalidParameter";
  return valueCodes[`${contract.name}.${path}`] ?? "InvalidParameter.ParamError";
}
var valueCodes = {
  "DescribeTemplates.ContentType": "InvalidParameter.ContentType",
  "DescribeTemplates.Limit": "InvalidParameterValue",
  "DescribeTemplates.Offset": "InvalidParameterValue",
  "ChannelCreateMultiFlowSignQRCode.QrEffectiveDay": "InvalidParameter.QrEffectDay",
  "ChannelCreateMultiFlowSignQRCode.QrCodeExpiredOn": "InvalidParameter.QrEffectDay",
  "ChannelCreateMultiFlowSignQRCode.FlowEffectiveDay": "InvalidParameter.QrFlowEffectDay"
};

// local/essbasic/gateway/journal-entry.ts
function journalEntry(handled) {
  const { call, outcome, fault, requestId, nowMs, credentials: credentials2 } = handled;
  return {
    at: new Date(nowMs).toISOString(),
    requestId,
    method: call.method.slice(0, 20),
    action: actionNamed(call),
    secretId: knownSecretId(call, credentials2),
    bodyBytes: call.body?.byteLength ?? 0,
    ...maskedBody(call.body),
    ...decisionOf(outcome),
    ...fault && { fault: { id: fault.id, effect: effectOf(fault) } }
  };
}
function decisionOf(outcome) {
  if (outcome === void 0) return { result: "none", reason: "a fault struck before anything was decided" };
  if (outcome.ok) return { result: "ok" };
  const { code, reason, message, explanation } = outcome;
  return {
    result: code,
    reason: reason ?? message.en,
    ...explanation && { signature: explanationShown(explanation) }
  };
}
function effectOf({ code, httpStatus, drop, malformed }) {
  if (drop !== void 0) return "the connection was dropped";
  if (httpStatus !== void 0) return `HTTP status ${httpStatus} was answered`;
  if (code !== void 0) return `${code} was answered`;
  return malformed ? "the answer was cut short" : "the answer was late";
}
function maskedBody(body) {
  const parsed = body === void 0 ? void 0 : parseBody(body);
  return parsed?.ok ? { request: maskRequest(parsed.value) } : {};
}
function knownSecretId(call, credentials2) {
  const parsed = parseAuthorization(header(call, "authorization"));
  if (typeof parsed === "string") return "";
  return credentials2.some(({ secretId }) => secretId === parsed.secretId) ? parsed.secretId : "(unknown)";
}
var shownHeaders = /* @__PURE__ */ new Set([
  "content-type",
  "host",
  "x-tc-action",
  "x-tc-content-sha256",
  "x-tc-language",
  "x-tc-region",
  "x-tc-requestclient",
  "x-tc-timestamp",
  "x-tc-version"
]);
function maskCanonical(canonicalRequest2) {
  return canonicalRequest2.replace(
    /^([a-z0-9-]+):.*$/gm,
    (line, name2) => shownHeaders.has(name2) ? line : `${name2}:***`
  );
}
function explanationShown(explanation) {
  const { canonicalRequest: canonicalRequest2, stringToSign: stringToSign2, mistake, hint, canonicalRequestReceived, firstDifference: firstDifference2 } = explanation;
  return {
    canonicalRequest: maskCanonical(canonicalRequest2),
    stringToSign: stringToSign2,
    hint,
    ...mistake !== void 0 && { mistake },
    ...canonicalRequestReceived !== void 0 && {
      canonicalRequestReceived: maskCanonical(canonicalRequestReceived)
    },
    ...firstDifference2 !== void 0 && {
      firstDifference: {
        line: firstDifference2.line,
        expected: maskCanonical(firstDifference2.expected),
        received: maskCanonical(firstDifference2.received)
      }
    }
  };
}

// local/essbasic/gateway/reply.ts
function answer(outcome, requestId, language) {
  const content = outcome.ok ? { ...outcome.response, RequestId: requestId } : { Error: { Code: outcome.code, Message: messageOf(outcome.message, language) }, RequestId: requestId };
  const body = Buffer.from(JSON.stringify({ Response: content }));
  return { status: 200, contentType: "application/json", body };
}
function messageOf({ zh, en }, language) {
  return language.toLowerCase() === "en-us" ? en : zh;
}
function cutShort(reply) {
  if (reply === "drop") return reply;
  return { ...reply, body: reply.body.subarray(0, Math.floor(reply.body.length / 2)) };
}
function gatewayError(status) {
  const body = Buffer.from(`<html><head><title>${status}</title></head><body>${status}</body></html>
`);
  return { status, contentType: "text/html", body };
}

// local/essbasic/gateway/api-gateway.ts
function createApiGateway(parts) {
  const { clock, random: random2 } = parts.memory;
  return async (call) => {
    const action = actionNamed(call);
    const fault = parts.faults.strike(action);
    if (fault?.latencyMs) await parts.sleep(fault.latencyMs);
    const requestId = action === "ChannelCreateMultiFlowSignQRCode" ? numericRequestId(clock.nowMs(), random2.requests) : uuid(random2.requests);
    const outcome = outcomeOf(call, fault, parts);
    const reply = replyOf(outcome, fault, requestId, header(call, "x-tc-language"));
    const nowMs = clock.nowMs();
    const facts = { call, outcome, fault, requestId, nowMs, credentials: parts.credentials };
    parts.onJournal(parts.journal.write(journalEntry(facts)));
    return reply;
  };
}
function outcomeOf(call, fault, parts) {
  const early = fault?.drop === "before" || replacesAnswer(fault) && fault?.afterEffect !== true;
  return early ? void 0 : decide(call, parts);
}
var replacesAnswer = (fault) => fault?.code !== void 0 || fault?.httpStatus !== void 0;
function replyOf(outcome, fault, requestId, language) {
  if (fault?.drop !== void 0) return "drop";
  if (fault?.httpStatus !== void 0) return gatewayError(fault.httpStatus);
  if (fault?.code !== void 0) return answer(refusalOfFault(fault.code, fault.message), requestId, language);
  if (outcome === void 0) throw new TypeError("A fault held the service back and put nothing in its place");
  const reply = answer(outcome, requestId, language);
  return fault?.malformed ? cutShort(reply) : reply;
}
function refusalOfFault(code, message) {
  if (message === void 0 && isErrorCode(code)) {
    return refusal(code, { zh: "\u7531\u6545\u969C\u89C4\u5219\u89E6\u53D1", en: "caused by a fault" });
  }
  const text = message ?? "caused by a fault";
  return { ok: false, code, message: { zh: text, en: text } };
}
function decide(call, parts) {
  try {
    return serve(call, parts);
  } catch (error) {
    parts.onDefect(error);
    return refusal("InternalError", { zh: "\u6A21\u62DF\u5668\u81EA\u8EAB\u7F3A\u9677", en: "a defect of the emulator itself" });
  }
}
function serve(call, parts) {
  const checked = checkCall(call);
  if (!checked.ok) return checked;
  const { action, body } = checked;
  const { contract } = action;
  const { world, clock, random: random2 } = parts.memory;
  const caller = authenticate(call, body, parts.credentials, parts.signatureNowS());
  if (!caller.ok) return caller;
  const perSecond = parts.requestsPerSecond ?? contract.requestsPerSecond;
  if (!parts.rateLimit.take(caller.secretId, contract.name, perSecond, clock.nowMs())) {
    const detail = { zh: `\u6BCF\u79D2\u4E0D\u8D85\u8FC7 ${perSecond} \u6B21`, en: `no more than ${perSecond} in a second` };
    return refusal("RequestLimitExceeded", detail);
  }
  const parsed = parseBody(body);
  if (!parsed.ok) return parsed;
  const request4 = parseRequest(contract, parsed.value);
  if (!request4.ok) return request4;
  const accepted = request4.value;
  const context = { world, nowS: clock.nowS(), random: random2.ids, baseUrl: parts.baseUrl() };
  return forcedRefusal(action.forcibleId(accepted)) ?? refusalOfAgent(accepted.Agent, contract, world) ?? action.handle(accepted, context);
}

// local/essbasic/gateway/faults.ts
import * as z15 from "zod/mini";
var FaultRule = z15.strictObject({
  /** The action it strikes; every one if left out. */
  action: z15.optional(z15.string()),
  /** Answers with this error, listed or not. */
  code: z15.optional(z15.string().check(z15.regex(/^[A-Za-z]{1,64}(?:\.[A-Za-z]{1,64})?$/))),
  message: z15.optional(z15.string().check(z15.maxLength(500))),
  /** Answers with this HTTP status and a page that is no JSON, as a broken gateway does. */
  httpStatus: z15.optional(z15.int().check(z15.minimum(400), z15.maximum(599))),
  /** Closes the connection without an answer: before the request has its effect, or after. */
  drop: z15.optional(z15.enum(["before", "after"])),
  /** Lets the request have its effect and cuts its answer short. */
  malformed: z15.optional(z15.literal(true)),
  /** With `code` or `httpStatus`: the request has its effect all the same. */
  afterEffect: z15.optional(z15.boolean()),
  /** Real milliseconds to wait first. */
  latencyMs: z15.optional(z15.int().check(z15.minimum(0), z15.maximum(6e5))),
  /** From 0 to 1; always if left out. */
  probability: z15.optional(z15.number().check(z15.minimum(0), z15.maximum(1))),
  /** Strikes so many times and is gone. */
  count: z15.optional(z15.int().check(z15.minimum(1)))
}).check((payload) => {
  const { code, httpStatus, drop, malformed, latencyMs, message, afterEffect } = payload.value;
  const ends = [code, httpStatus, drop, malformed].filter((end) => end !== void 0).length;
  const complain = (complaint) => payload.issues.push({ code: "custom", input: payload.value, message: complaint });
  if (ends > 1) complain("has more than one of code, httpStatus, drop and malformed");
  if (ends === 0 && latencyMs === void 0) {
    complain("has none of code, httpStatus, drop, malformed and latencyMs");
  }
  if (message !== void 0 && code === void 0) complain("has a message but no code");
  if (afterEffect !== void 0 && code === void 0 && httpStatus === void 0) {
    complain("has afterEffect but neither code nor httpStatus");
  }
});
function createFaults(random2) {
  const faults = /* @__PURE__ */ new Map();
  let lastId = 0;
  return {
    add(rule) {
      lastId += 1;
      const fault = { id: lastId, struck: 0, ...rule };
      faults.set(lastId, fault);
      return { ...fault };
    },
    list: () => [...faults.values()].map((fault) => ({ ...fault })),
    remove: (id) => faults.delete(id),
    clear: () => faults.clear(),
    strike(action) {
      for (const fault of faults.values()) {
        if (fault.action !== void 0 && fault.action !== action) continue;
        if (fault.probability !== void 0 && random2.fraction() >= fault.probability) continue;
        fault.struck += 1;
        if (fault.struck === fault.count) faults.delete(fault.id);
        return { ...fault };
      }
      return void 0;
    }
  };
}

// local/essbasic/gateway/journal.ts
var journalSize = 1e3;
function createJournal() {
  let entries = [];
  let total = 0;
  return {
    write(entry) {
      total += 1;
      const numbered = { number: total, ...entry };
      entries.push(numbered);
      if (entries.length >= 2 * journalSize) entries = entries.slice(-journalSize);
      return numbered;
    },
    list({ action, result, limit = journalSize } = {}) {
      const kept = entries.slice(-journalSize).filter((entry) => action === void 0 || entry.action === action).filter((entry) => result === void 0 || entry.result === result);
      return limit === 0 ? [] : structuredClone(kept.slice(-limit));
    },
    total: () => total,
    clear() {
      entries = [];
      total = 0;
    }
  };
}

// local/essbasic/gateway/rate-limit.ts
function createRateLimit() {
  const windows = /* @__PURE__ */ new Map();
  return {
    take(secretId, action, requestsPerSecond, nowMs) {
      if (requestsPerSecond === Number.POSITIVE_INFINITY) return true;
      const key = `${secretId} ${action}`;
      const window = windows.get(key) ?? createWindow(requestsPerSecond);
      windows.set(key, window);
      return window(nowMs);
    },
    reset: () => windows.clear()
  };
}
function createWindow(limit) {
  const acceptedMs = new Float64Array(limit).fill(Number.NEGATIVE_INFINITY);
  let next = 0;
  let newestMs = Number.NEGATIVE_INFINITY;
  return (nowMs) => {
    if (nowMs < newestMs) acceptedMs.fill(Number.NEGATIVE_INFINITY);
    newestMs = nowMs;
    if (nowMs - (acceptedMs[next] ?? 0) < 1e3) return false;
    acceptedMs[next] = nowMs;
    next = (next + 1) % limit;
    return true;
  };
}

// local/essbasic/http-server.ts
import { createServer } from "node:http";

// local/essbasic/pages/html.ts
function escapeHtml(text) {
  const entities = {
    "&": "&amp;",
    "<": "&lt;",
    ">": "&gt;",
    '"': "&quot;",
    "'": "&#39;"
  };
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? character);
}
function bilingual(element, zh, en) {
  return `<${element}>${zh}</${element}>
<${element} lang="en">${en}</${element}>`;
}
var style = `
:root { color-scheme: light dark; }
body { font: 1rem/1.6 system-ui, "PingFang SC", "Microsoft YaHei", sans-serif; max-width: 42rem; margin: 0 auto; padding: 1rem; }
h1 { font-size: 1.5rem; }
.state { border-inline-start: .3rem solid; padding-inline-start: .8rem; font-weight: 600; }
dt { font-weight: 600; margin-block-start: .6rem; }
dd { margin: 0; overflow-wrap: anywhere; }
img { background: #fff; max-width: 100%; height: auto; }
table { border-collapse: collapse; display: block; overflow-x: auto; }
caption { text-align: start; font-weight: 600; }
th, td { border: 1px solid; padding: .3rem .5rem; text-align: start; vertical-align: top; }
code { overflow-wrap: anywhere; }
`;
function htmlPage(title, content) {
  return `<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<style>${style}</style>
</head>
<body>
<main>
${content}
</main>
</body>
</html>
`;
}
var contentSecurityPolicy = "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'";

// local/essbasic/control/clock-routes.ts
import * as z17 from "zod/mini";

// local/essbasic/state/virtual-clock.ts
var latestMs = Date.parse("9999-12-31T23:59:59.999Z");
function createVirtualClock(realNowMs, start = {}) {
  const bornMs = realNowMs();
  let anchor = { nowMs: bornMs, atRealMs: bornMs, speed: 1, ...start };
  const nowMs = () => Math.min(latestMs, Math.max(0, anchor.nowMs + (realNowMs() - anchor.atRealMs) * anchor.speed));
  const moveTo = (toMs, speed) => {
    anchor = { nowMs: toMs, atRealMs: realNowMs(), speed };
  };
  return {
    nowMs,
    nowS: () => Math.floor(nowMs() / 1e3),
    set: (toMs) => moveTo(toMs, anchor.speed),
    advance: (byMs) => moveTo(nowMs() + byMs, anchor.speed),
    setSpeed: (speed) => moveTo(nowMs(), speed),
    state: () => ({ ...anchor }),
    restore: (state) => {
      anchor = { ...state };
    }
  };
}

// local/essbasic/parse-input.ts
import * as z16 from "zod/mini";
function parseInput(schema, value) {
  const parsed = z16.safeParse(schema, value);
  if (parsed.success) return parsed.data;
  const problems = violationsOf(parsed.error.issues, value).map(({ path, text }) => ({
    path,
    message: text.en
  }));
  throw new Failure("InvalidRequest", { detail: "The input has problems", problems });
}

// local/essbasic/control/clock-routes.ts
var isTime = (text) => {
  const ms = Date.parse(text);
  return ms >= 0 && ms <= latestMs;
};
var longestS = latestMs / 1e3;
var Input = z17.strictObject({
  /** RFC 3339. */
  set: z17.optional(z17.string().check(z17.refine(isTime, "must be a time as in 2026-12-31T23:59:59Z"))),
  advanceS: z17.optional(z17.number().check(z17.minimum(-longestS), z17.maximum(longestS))),
  speed: z17.optional(z17.number().check(z17.minimum(0), z17.maximum(1e6)))
}).check(z17.refine((input) => Object.keys(input).length > 0, "has none of set, advanceS and speed"));
var shown2 = ({ clock }) => ({
  now: new Date(clock.nowMs()).toISOString(),
  nowS: clock.nowS(),
  speed: clock.state().speed
});
function move(clock, { set, advanceS, speed }) {
  if (set !== void 0) clock.set(Date.parse(set));
  if (advanceS !== void 0) clock.advance(advanceS * 1e3);
  if (speed !== void 0) clock.setSpeed(speed);
}
var clockRoutes = [
  {
    method: "GET",
    path: "clock",
    summary: { zh: "\u865A\u62DF\u65F6\u949F", en: "the virtual clock" },
    handle: shown2
  },
  {
    method: "POST",
    path: "clock",
    summary: {
      zh: "\u8BBE\u5B9A\u3001\u62E8\u5FEB\uFF08\u79D2\uFF0C\u53EF\u4E3A\u8D1F\uFF09\u6216\u8C03\u901F\uFF1A1 \u4E3A\u771F\u5B9E\u901F\u5EA6\uFF0C0 \u4E3A\u505C\u4F4F",
      en: "sets it, moves it by seconds (also back), or changes its speed: 1 is real time, 0 stands still"
    },
    example: '{"advanceS": 604800}',
    handle(emulator, { body }) {
      move(emulator.clock, parseInput(Input, body));
      return shown2(emulator);
    }
  }
];

// local/essbasic/control/fault-routes.ts
import * as z18 from "zod/mini";
var Query = z18.strictObject({ id: z18.optional(z18.string().check(z18.regex(/^\d{1,9}$/))) });
var faultRoutes = [
  {
    method: "GET",
    path: "faults",
    summary: { zh: "\u5F85\u89E6\u53D1\u7684\u6545\u969C", en: "the faults that lie in wait" },
    handle: ({ faults }) => faults.list()
  },
  {
    method: "POST",
    path: "faults",
    summary: {
      zh: "\u6DFB\u52A0\u6545\u969C\uFF1Acode\u3001httpStatus\u3001drop\uFF08before \u6216 after\uFF09\u3001malformed \u4EFB\u53D6\u5176\u4E00\uFF0C\u53EF\u52A0 latencyMs\uFF1B\u4EE5 action\u3001probability\u3001count \u9650\u5B9A\uFF1B\u6309\u6DFB\u52A0\u987A\u5E8F\u5339\u914D",
      en: "adds one: one of code, httpStatus, drop (before or after) and malformed, with or without latencyMs; narrowed by action, probability and count; matched in the order of adding"
    },
    example: '{"action": "ChannelCreateMultiFlowSignQRCode", "drop": "after", "count": 1}',
    handle: ({ faults }, { body }) => faults.add(parseInput(FaultRule, body))
  },
  {
    method: "DELETE",
    path: "faults",
    summary: { zh: "\u79FB\u9664\u4E00\u6761\uFF08?id=\uFF09\u6216\u5168\u90E8", en: "removes one (?id=), or all" },
    handle({ faults }, { query: query2 }) {
      const { id } = parseInput(Query, query2);
      if (id === void 0) faults.clear();
      else if (!faults.remove(Number(id))) throw new Failure("NotFound", { detail: `There is no fault ${id}` });
      return faults.list();
    }
  }
];

// local/essbasic/control/journal-routes.ts
import * as z19 from "zod/mini";
var Query2 = z19.strictObject({
  action: z19.optional(z19.string()),
  result: z19.optional(z19.string()),
  limit: z19.optional(z19.string().check(z19.regex(/^\d{1,4}$/)))
});
var journalRoutes = [
  {
    method: "GET",
    path: "journal",
    summary: {
      zh: "\u6700\u8FD1\u4E00\u5343\u4E2A\u8BF7\u6C42\u53CA\u6BCF\u6B21\u62D2\u7EDD\u7684\u539F\u56E0\uFF1B\u53EF\u6309 ?action=\u3001?result=\u3001?limit= \u7B5B\u9009",
      en: "the last thousand requests, with the reason of each refusal; narrowed by ?action=, ?result= and ?limit="
    },
    example: "?result=AuthFailure.SignatureFailure&limit=1",
    handle({ journal }, { query: query2 }) {
      const { limit, action, result } = parseInput(Query2, query2);
      const filter = {
        ...action !== void 0 && { action },
        ...result !== void 0 && { result },
        ...limit !== void 0 && { limit: Number(limit) }
      };
      return { total: journal.total(), entries: journal.list(filter) };
    }
  },
  {
    method: "DELETE",
    path: "journal",
    summary: { zh: "\u6E05\u7A7A", en: "forgets them" },
    handle({ journal }) {
      journal.clear();
      return {};
    }
  }
];

// local/essbasic/control/quota-routes.ts
import * as z20 from "zod/mini";

// local/essbasic/seeds/organisations.ts
var exampleAgent = {
  AppId: "yDRscUUgyg1zr7wnUyJ8QMwwnHc4OOcQ",
  ProxyOrganizationOpenId: "proxy-org-openid",
  ProxyOperator: { OpenId: "proxy-operator-openid" }
};
var testAgent = {
  AppId: "test",
  ProxyOrganizationOpenId: "test",
  ProxyOperator: { OpenId: "test" }
};
var selfBuiltAppId = "yDselfbuilt000000000000000000000";
var applications = [
  { AppId: exampleAgent.AppId, kind: "third-party" },
  { AppId: testAgent.AppId, kind: "third-party" },
  { AppId: selfBuiltAppId, kind: "self-built" }
];
var unverifiedOperator = "operator-not-verified";
function healthy(ProxyOrganizationOpenId2, operator) {
  return {
    AppId: exampleAgent.AppId,
    ProxyOrganizationOpenId: ProxyOrganizationOpenId2,
    operators: [{ OpenId: operator, verified: true }],
    verified: true,
    closing: false,
    authorised: true,
    licensed: true,
    quota: 1e5
  };
}
var { ProxyOrganizationOpenId, ProxyOperator } = exampleAgent;
var example = healthy(ProxyOrganizationOpenId, ProxyOperator.OpenId);
var organisations = [
  { ...example, operators: [...example.operators, { OpenId: unverifiedOperator, verified: false }] },
  { ...healthy(testAgent.ProxyOrganizationOpenId, testAgent.ProxyOperator.OpenId), AppId: testAgent.AppId },
  { ...healthy("org-no-quota", ProxyOperator.OpenId), quota: 0 },
  { ...healthy("org-no-permission", ProxyOperator.OpenId), licensed: false },
  { ...healthy("org-not-authorised", ProxyOperator.OpenId), authorised: false },
  { ...healthy("org-not-verified", ProxyOperator.OpenId), verified: false },
  { ...healthy("org-closing", ProxyOperator.OpenId), closing: true },
  healthy("org-elsewhere", "operator-elsewhere")
];

// local/essbasic/control/quota-routes.ts
var Input2 = z20.strictObject({
  AppId: z20.optional(z20.string()),
  ProxyOrganizationOpenId: z20.string(),
  quota: z20.int().check(z20.minimum(0))
});
var shown3 = ({ organisations: organisations2 }) => organisations2.list().map(({ AppId, ProxyOrganizationOpenId: ProxyOrganizationOpenId2, quota }) => ({ AppId, ProxyOrganizationOpenId: ProxyOrganizationOpenId2, quota }));
var quotaRoutes = [
  {
    method: "GET",
    path: "quota",
    summary: { zh: "\u5404\u4F01\u4E1A\u5269\u4F59\u5408\u540C\u989D\u5EA6", en: "the contracts that each organisation has left" },
    handle: shown3
  },
  {
    method: "POST",
    path: "quota",
    summary: {
      zh: "\u8BBE\u5B9A\u4F01\u4E1A\u989D\u5EA6\uFF1BAppId \u7F3A\u7701\u4E3A\u793A\u4F8B\u5E94\u7528",
      en: "sets them for one organisation; AppId is that of the example unless given"
    },
    example: '{"ProxyOrganizationOpenId": "proxy-org-openid", "quota": 0}',
    handle(emulator, { body }) {
      const { AppId = exampleAgent.AppId, ProxyOrganizationOpenId: ProxyOrganizationOpenId2, quota } = parseInput(Input2, body);
      emulator.organisations.setQuota({ AppId, ProxyOrganizationOpenId: ProxyOrganizationOpenId2 }, quota);
      return shown3(emulator);
    }
  }
];

// local/essbasic/control/scan-routes.ts
import * as z21 from "zod/mini";
var Input3 = z21.strictObject({
  QrCodeId: z21.string(),
  count: z21.optional(z21.int().check(z21.minimum(1), z21.maximum(1e4))),
  person: z21.optional(ApproverRestriction)
});
var scanRoutes = [
  {
    method: "POST",
    path: "scan",
    summary: {
      zh: "\u626B\u7801\u5E76\u53D1\u8D77\u5408\u540C\uFF1A\u68C0\u67E5\u6709\u6548\u671F\u3001\u4EFD\u6570\u3001\u989D\u5EA6\u53CA\u6307\u5B9A\u7B7E\u7F72\u4EBA\uFF1B\u4E0D\u53D1\u9001\u901A\u77E5",
      en: "scans a code and starts contracts: time, number, quota and permitted people are checked; no notification is sent"
    },
    example: '{"QrCodeId": "yD\u2026", "count": 3, "person": {"Name": "\u2026", "Mobile": "\u2026"}}',
    handle(emulator, { body }) {
      const { QrCodeId, count: count3, person: person2 } = parseInput(Input3, body);
      return emulator.scan(QrCodeId, {
        ...count3 !== void 0 && { count: count3 },
        ...person2 !== void 0 && { person: person2 }
      });
    }
  }
];

// local/essbasic/control/state-routes.ts
import * as z22 from "zod/mini";
var Reset = z22.strictObject({ seed: z22.optional(z22.int().check(z22.minimum(0), z22.maximum(2 ** 32 - 1))) });
var stateRoutes = [
  {
    method: "GET",
    path: "state",
    summary: {
      zh: "\u5FEB\u7167\uFF1A\u6A21\u62DF\u5668\u8BB0\u4F4F\u7684\u4E00\u5207\uFF0C\u542B\u65F6\u949F\u4E0E\u968F\u673A\u6570\uFF0C\u4E0D\u542B\u6545\u969C\u4E0E\u65E5\u5FD7",
      en: "a snapshot: all that the emulator remembers with its clock and randomness, but not the faults and the journal"
    },
    handle: (emulator) => emulator.snapshot()
  },
  {
    method: "PUT",
    path: "state",
    summary: { zh: "\u6062\u590D\u5FEB\u7167", en: "goes back to a snapshot" },
    handle(emulator, { body }) {
      emulator.restore(body);
      return {};
    }
  },
  {
    method: "POST",
    path: "reset",
    summary: {
      zh: "\u56DE\u5230\u521D\u59CB\u6570\u636E\u4E0E\u771F\u5B9E\u65F6\u95F4\uFF1B\u53EF\u6307\u5B9A\u968F\u673A\u79CD\u5B50",
      en: "back to the seeds and to real time; with another seed of randomness if given"
    },
    example: '{"seed": 7}',
    handle(emulator, { body }) {
      const { seed } = parseInput(Reset, body ?? {});
      emulator.reset(seed === void 0 ? {} : { seed });
      return {};
    }
  }
];

// local/essbasic/control/template-routes.ts
import * as z24 from "zod/mini";

// local/essbasic/state/entities.ts
import * as z23 from "zod/mini";
var name = z23.string().check(z23.minLength(1), z23.maxLength(64));
var count2 = z23.int().check(z23.minimum(0));
var Application = z23.strictObject({
  AppId: name,
  /** Only a third-party platform's application may call essbasic. */
  kind: z23.enum(["third-party", "self-built"])
});
var OrganisationOperator = z23.strictObject({ OpenId: name, verified: z23.boolean() });
var Organisation = z23.strictObject({
  AppId: name,
  ProxyOrganizationOpenId: name,
  operators: z23.array(OrganisationOperator),
  verified: z23.boolean(),
  /** Is it being wound up? */
  closing: z23.boolean(),
  /** Has the platform been allowed to act for it? */
  authorised: z23.boolean(),
  /** Does its plan include templates and sign codes? */
  licensed: z23.boolean(),
  /** Contracts that it may still start. */
  quota: count2
});
var OwnedTemplate = z23.strictObject({
  AppId: name,
  ProxyOrganizationOpenId: name,
  /** With the components of all parties; an answer leaves some out. */
  template: z23.extend(TemplateInfo, { TemplateId: z23.string().check(z23.minLength(1), z23.maxLength(64)) })
});
var SignCode = z23.strictObject({
  QrCodeId: name,
  AppId: name,
  ProxyOrganizationOpenId: name,
  TemplateId: z23.string(),
  FlowName: z23.string(),
  /** Name on the picture. */
  QrCodeName: z23.string(),
  /** Unix seconds, as the others. */
  createdAtS: count2,
  expiresAtS: count2,
  cancelledAtS: z23.optional(count2),
  maxFlowNum: count2,
  /** Contracts started so far. */
  used: count2,
  flowEffectiveDays: count2,
  /** Who may scan; everybody if empty. */
  restrictions: z23.array(ApproverRestriction),
  forbidPersonalMultipleSign: z23.boolean(),
  flowNameAppendScannerInfo: z23.boolean(),
  /** Digests of the people who have scanned, kept where nobody may scan twice. */
  scannedBy: z23.array(z23.string())
});

// local/essbasic/control/template-routes.ts
var Input4 = z24.extend(OwnedTemplate, {
  AppId: z24._default(OwnedTemplate.shape.AppId, exampleAgent.AppId),
  ProxyOrganizationOpenId: z24._default(
    OwnedTemplate.shape.ProxyOrganizationOpenId,
    exampleAgent.ProxyOrganizationOpenId
  )
});
var Query3 = z24.strictObject({ TemplateId: z24.string() });
var templateRoutes = [
  {
    method: "GET",
    path: "templates",
    summary: { zh: "\u5168\u90E8\u6A21\u677F\u53CA\u6240\u5C5E\u4F01\u4E1A", en: "all templates, each with its organisation" },
    handle: ({ templates: templates2 }) => templates2.list()
  },
  {
    method: "POST",
    path: "templates",
    summary: {
      zh: "\u6DFB\u52A0\u6216\u66FF\u6362\u6A21\u677F\uFF1B\u4F01\u4E1A\u7F3A\u7701\u4E3A\u793A\u4F8B\u4F01\u4E1A",
      en: "adds a template or replaces it; the organisation is that of the example unless given"
    },
    example: '{"template": {"TemplateId": "mine", "TemplateName": "\u6211\u7684\u6A21\u677F", "Components": [], "SignComponents": [], "Recipients": [{"RecipientId": "r1", "RecipientType": "INDIVIDUAL", "RoutingOrder": -1}]}}',
    handle({ templates: templates2 }, { body }) {
      const owned = parseInput(Input4, body);
      templates2.put(owned);
      return owned;
    }
  },
  {
    method: "DELETE",
    path: "templates",
    summary: { zh: "\u5220\u9664\u6A21\u677F\uFF08?TemplateId=\uFF09", en: "removes one (?TemplateId=)" },
    handle({ templates: templates2 }, { query: query2 }) {
      const { TemplateId } = parseInput(Query3, query2);
      if (templates2.remove(TemplateId)) return {};
      throw new Failure("NotFound", { detail: "There is no template with this TemplateId" });
    }
  }
];

// local/essbasic/control/control-routes.ts
var controlRoutes = [
  ...scanRoutes,
  ...clockRoutes,
  ...quotaRoutes,
  ...templateRoutes,
  ...faultRoutes,
  ...journalRoutes,
  ...stateRoutes
];
var missingRoutes = {
  sign: "The emulator does not emulate what happens to a contract after its start",
  callbacks: "The emulator does not send notifications"
};

// local/essbasic/seeds/credentials.ts
var credentials = [
  {
    secretId: "AKIDqianmalocal000000000000000000000",
    secretKey: "qianmalocalsecretkey000000000000"
  },
  {
    secretId: "AKIDqianmalocaltemporary000000000000",
    secretKey: "qianmalocaltemporarykey000000000",
    token: "qianmalocaltoken"
  }
];

// local/essbasic/seeds/seed-id.ts
var seedId = (name2) => `yD${name2}`.padEnd(32, "0");

// local/essbasic/seeds/templates.ts
var zooTemplateId = (rule) => seedId(`zoo${rule}`);
var exampleTemplateId = "yDRvzUUgygqj42ouUuO4zjEueBrK5MeV";
var foreignTemplateId = seedId("foreignTemplate");
var testTemplateId = "test";
var noQuotaTemplateId = seedId("noQuotaTemplate");
var initiator = party("initiator", "PROMOTER", "\u53D1\u8D77\u65B9", -1);
var enterprise = { ...party("enterprise", "ENTERPRISE", "\u7528\u4EBA\u5355\u4F4D", -1), IsPromoter: true };
var person = party("person", "INDIVIDUAL", "\u5458\u5DE5", -1);
function party(id, RecipientType, RoleName, RoutingOrder) {
  return {
    RecipientId: seedId(id),
    RecipientType,
    RoleName,
    Description: "",
    RequireValidation: true,
    RequireSign: true,
    RoutingOrder,
    IsPromoter: false,
    NoTransfer: false
  };
}
function component(type, name2, owner) {
  return {
    ComponentId: `ComponentId_${name2}`,
    ComponentType: type,
    ComponentName: name2,
    ComponentRequired: true,
    ComponentRecipientId: owner.RecipientId,
    FileIndex: 0,
    GenerateMode: "NORMAL",
    ComponentWidth: 120,
    ComponentHeight: 24,
    ComponentPage: 1,
    ComponentPosX: 72,
    ComponentPosY: 72
  };
}
var signatures = (parties) => parties.filter(({ RecipientType }) => RecipientType !== "PROMOTER").map(
  (owner) => component(owner.RecipientType === "ENTERPRISE" ? "SIGN_SEAL" : "SIGN_SIGNATURE", "\u7B7E\u7F72\u533A", owner)
);
function template(TemplateId, TemplateName, parties, changes = {}) {
  return {
    TemplateId,
    TemplateName,
    Description: "",
    Components: parties.includes(person) ? [component("TEXT", "\u59D3\u540D", person)] : [],
    Recipients: [...parties],
    SignComponents: signatures(parties),
    TemplateType: 3,
    IsPromoter: false,
    Creator: "",
    CreatedOn: Date.parse("2026-01-01T00:00:00Z") / 1e3,
    ChannelTemplateId: "",
    ChannelTemplateName: "",
    ChannelAutoSave: 0,
    TemplateVersion: "20260101001",
    Available: 1,
    UserFlowType: null,
    ...changes
  };
}
var ordered = (one, RoutingOrder) => ({ ...one, RoutingOrder });
var another = (one, id) => ({ ...one, RecipientId: seedId(id), IsPromoter: false });
var { RoutingOrder: _, ...unordered } = person;
var zoo = [
  ["TemplateDisabled", "\u5DF2\u505C\u7528", [enterprise, person], { Available: 2 }],
  ["AvailabilityUnknown", "\u53EF\u7528\u72B6\u6001\u672A\u77E5", [enterprise, person], { Available: 3 }],
  ["DetailsMissing", "\u7F3A\u5C11\u7B7E\u7F72\u63A7\u4EF6\u5217\u8868", [enterprise, person], { SignComponents: null }],
  [
    "InitiatorFills",
    "\u53D1\u8D77\u65B9\u987B\u586B\u5199",
    [initiator, enterprise, person],
    { Components: [component("TEXT", "\u5DE5\u53F7", initiator)] }
  ],
  [
    "InitiatorSigns",
    "\u53D1\u8D77\u65B9\u987B\u7B7E\u7F72",
    [initiator, enterprise, person],
    { SignComponents: [component("SIGN_SEAL", "\u7B7E\u7F72\u533A", initiator), ...signatures([person])] }
  ],
  ["NoSigner", "\u6CA1\u6709\u7B7E\u7F72\u4EBA", [initiator], {}],
  ["SignerKindUnknown", "\u7B7E\u7F72\u65B9\u7C7B\u578B\u672A\u77E5", [person, { ...another(enterprise, "unknown"), RecipientType: "OTHER" }], {}],
  ["NoPerson", "\u4EC5\u6709\u4F01\u4E1A", [enterprise], {}],
  ["SeveralPeople", "\u4E24\u540D\u4E2A\u4EBA", [person, another(person, "person2")], {}],
  ["SeveralEnterprises", "\u4ED6\u65B9\u4F01\u4E1A", [enterprise, another(enterprise, "enterprise2"), person], {}],
  ["OrderUnknown", "\u7F3A\u5C11\u7B7E\u7F72\u987A\u5E8F", [enterprise, unordered], {}],
  ["EnterpriseFirst", "\u4F01\u4E1A\u9996\u4F4D", [ordered(enterprise, 0), ordered(person, 1)], {}],
  [
    "EnterpriseFirstAutoSign",
    "\u4F01\u4E1A\u9996\u4F4D\u4E14\u81EA\u52A8\u7B7E",
    [ordered(enterprise, 0), ordered(person, 1)],
    { TemplateType: 1 }
  ]
].map(([rule, name2, parties, changes]) => template(zooTemplateId(rule), name2, parties, changes));
var own = (owner, one) => ({
  AppId: owner.AppId,
  ProxyOrganizationOpenId: owner.ProxyOrganizationOpenId,
  template: one
});
var elsewhere = { AppId: exampleAgent.AppId, ProxyOrganizationOpenId: "org-elsewhere" };
var withoutQuota = { AppId: exampleAgent.AppId, ProxyOrganizationOpenId: "org-no-quota" };
var templates = [
  own(exampleAgent, template(exampleTemplateId, "\u5165\u804C\u5408\u540C", [enterprise, person])),
  own(testAgent, template(testTemplateId, "test", [enterprise, person])),
  own(exampleAgent, template(seedId("fitPersonOnly"), "\u4E2A\u4EBA\u627F\u8BFA\u4E66", [person])),
  own(
    exampleAgent,
    template(seedId("fitPersonFirst"), "\u52B3\u52A1\u5408\u540C", [ordered(person, 0), ordered(enterprise, 1)])
  ),
  ...zoo.map((one) => own(exampleAgent, one)),
  own(elsewhere, template(foreignTemplateId, "\u4ED6\u4F01\u4E1A\u6A21\u677F", [person])),
  own(withoutQuota, template(noQuotaTemplateId, "\u5165\u804C\u5408\u540C", [enterprise, person]))
];

// local/essbasic/seeds/seed-facts.ts
var seedFacts = [
  { zh: "\u5BC6\u94A5 ID", en: "SecretId", value: credentials[0].secretId },
  { zh: "\u5BC6\u94A5", en: "SecretKey", value: credentials[0].secretKey },
  { zh: "\u5E94\u7528", en: "Agent.AppId", value: exampleAgent.AppId },
  { zh: "\u4F01\u4E1A", en: "Agent.ProxyOrganizationOpenId", value: exampleAgent.ProxyOrganizationOpenId },
  { zh: "\u7ECF\u529E\u4EBA", en: "Agent.ProxyOperator.OpenId", value: exampleAgent.ProxyOperator.OpenId },
  { zh: "\u6A21\u677F", en: "TemplateId", value: exampleTemplateId },
  { zh: "\u5408\u540C\u989D\u5EA6", en: "quota", value: String(organisations[0]?.quota ?? 0) },
  { zh: "\u65E7\u6587\u6863\u793A\u4F8B\u7684\u5404\u4E2A\u7F16\u53F7", en: "every id of the older example", value: "test" }
];

// local/essbasic/control/index-page.ts
function indexPage() {
  return htmlPage(
    "essbasic \u6A21\u62DF\u5668 \xB7 essbasic emulator",
    [
      bilingual("h1", "\u817E\u8BAF\u7535\u5B50\u7B7E essbasic \u6A21\u62DF\u5668", "An emulator of Tencent e-sign essbasic"),
      bilingual(
        "p",
        "API \u5728\u672C\u670D\u52A1\u7684\u6839\u8DEF\u5F84\uFF0C\u4EE5 POST \u8C03\u7528\u3002\u6A21\u62DF\u4E86\u4EC0\u4E48\u3001\u5982\u4F55\u89E6\u53D1\u6BCF\u4E2A\u9519\u8BEF\u7801\u3001\u6709\u54EA\u4E9B\u5047\u5B9A\uFF0C\u89C1 local/essbasic/COVERAGE.md\u3002",
        "The API is at the root of this server; call it with POST. What is emulated, how to provoke each error code, and what is assumed stands in local/essbasic/COVERAGE.md."
      ),
      table(
        "\u521D\u59CB\u6570\u636E \xB7 Seeds",
        ["\u540D\u79F0 Name", "\u503C Value"],
        seedFacts.map(({ zh, en, value }) => [`${zh} \xB7 ${en}`, value])
      ),
      table(
        "\u63A7\u5236\u9762 \xB7 Control plane",
        ["\u8DEF\u5F84 Route", "\u8BF4\u660E", "Description", "\u793A\u4F8B Example"],
        controlRoutes.map(({ method, path, summary, example: example2 = "" }) => [
          `${method} ${controlPrefix}/${path}`,
          summary.zh,
          summary.en,
          example2
        ])
      )
    ].join("\n")
  );
}
function table(caption, headings, rows) {
  const head = headings.map((heading) => `<th scope="col">${escapeHtml(heading)}</th>`).join("");
  const body = rows.map(([first = "", ...rest]) => {
    const cells = rest.map((cell) => `<td>${escapeHtml(cell)}</td>`).join("");
    return `<tr><th scope="row"><code>${escapeHtml(first)}</code></th>${cells}</tr>`;
  });
  return `<table><caption>${escapeHtml(caption)}</caption><thead><tr>${head}</tr></thead>
<tbody>${body.join("\n")}</tbody></table>`;
}

// local/essbasic/control/control-plane.ts
var controlPrefix = "/_emulator";
function answerControl(emulator, request4, onDefect) {
  try {
    refuseStrangers(request4);
    const name2 = request4.path.slice(controlPrefix.length + 1);
    if (name2 === "") return index(request4);
    return json(200, route(emulator, name2, request4));
  } catch (error) {
    if (!(error instanceof Failure)) onDefect(error);
    return problem(error instanceof Failure ? error : new Failure("InternalFailure", { cause: error }));
  }
}
function refuseStrangers({ headers: { host, origin } }) {
  if (origin === void 0 || origin === `http://${host}`) return;
  throw new Failure("Forbidden", { detail: "The control plane answers no page of another origin" });
}
function index({ method }) {
  if (method !== "GET") throw notAllowed(["GET"]);
  const headers = {
    "content-type": "text/html; charset=utf-8",
    "content-security-policy": contentSecurityPolicy
  };
  return { status: 200, headers, body: indexPage() };
}
function route(emulator, name2, request4) {
  const routes = controlRoutes.filter(({ path }) => path === name2);
  if (routes.length === 0) {
    const names = [...new Set(controlRoutes.map(({ path }) => path))].join(", ");
    const missing = Object.hasOwn(missingRoutes, name2) ? missingRoutes[name2] : "There is no such route";
    throw new Failure("NotFound", { detail: `${missing}; there are ${names}` });
  }
  const found = routes.find(({ method }) => method === request4.method);
  if (found === void 0) throw notAllowed(routes.map(({ method }) => method));
  return found.handle(emulator, { query: Object.fromEntries(request4.query), body: bodyOf(request4) });
}
var notAllowed = (methods) => new Failure("MethodNotAllowed", { detail: `The methods here are ${methods.join(", ")}` });
function bodyOf({ body }) {
  if (body === void 0) throw new Failure("BodyTooLarge");
  if (body.byteLength === 0) return void 0;
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(body));
  } catch (cause) {
    throw new Failure("MalformedBody", { detail: "The body is not JSON in UTF-8", cause });
  }
}
function json(status, value) {
  return {
    status,
    headers: { "content-type": "application/json; charset=utf-8" },
    body: `${JSON.stringify(value, null, 2)}
`
  };
}
function problem({ status, code, title, detail, problems }) {
  const document = { title: title.en, status, code, detail, errors: problems };
  return { ...json(status, document), headers: { "content-type": "application/problem+json" } };
}

// local/essbasic/http-server.ts
var maxControlBytes = 100 * 1024 * 1024;
function createHttpServer(parts) {
  return createServer((request4, response4) => {
    handle(request4, response4, parts).catch((error) => {
      if (!request4.destroyed) parts.onDefect(error);
      response4.destroy();
    });
  });
}
async function handle(request4, response4, parts) {
  const [path = "", query2 = ""] = splitOnce(request4.url ?? "/", "?");
  if (path === "/") return await handleApi(request4, response4, query2, parts);
  if (path === controlPrefix || path.startsWith(`${controlPrefix}/`)) {
    return await handleControl(request4, response4, path, query2, parts);
  }
  return handlePage(request4, response4, path, query2, parts);
}
function splitOnce(text, separator) {
  const at = text.indexOf(separator);
  return at === -1 ? [text, ""] : [text.slice(0, at), text.slice(at + separator.length)];
}
async function handleApi(request4, response4, query2, { api: api2 }) {
  const body = await readBody(request4, maxBodyBytes);
  const reply = await api2({
    method: request4.method ?? "",
    query: query2,
    headers: request4.headersDistinct,
    body
  });
  if (reply === "drop") {
    request4.socket.destroy();
    return;
  }
  send(response4, reply.status, { "content-type": reply.contentType }, reply.body);
}
async function handleControl(request4, response4, path, query2, { emulator, onDefect }) {
  const body = await readBody(request4, maxControlBytes);
  const { host, origin } = request4.headers;
  const reply = answerControl(
    emulator,
    {
      method: request4.method ?? "",
      path,
      query: new URLSearchParams(query2),
      headers: { host, origin },
      body
    },
    onDefect
  );
  send(response4, reply.status, reply.headers, Buffer.from(reply.body));
}
function handlePage(request4, response4, path, query2, { pageAt: pageAt2 }) {
  request4.resume();
  const readable = request4.method === "GET" || request4.method === "HEAD";
  const page = readable ? pageAt2(path, new URLSearchParams(query2)) : void 0;
  if (page === void 0) {
    const text = "Nothing here: the API is at /, what else there is at /_emulator/\n";
    send(response4, 404, { "content-type": "text/plain; charset=utf-8" }, Buffer.from(text));
    return;
  }
  const headers = {
    "content-type": page.contentType,
    "content-security-policy": contentSecurityPolicy,
    "cache-control": "no-store",
    "x-content-type-options": "nosniff"
  };
  send(response4, page.status, headers, Buffer.from(page.body));
}
async function readBody(request4, maxBytes2) {
  const chunks = [];
  let bytes = 0;
  for await (const chunk2 of request4) {
    bytes += chunk2.byteLength;
    if (bytes > maxBytes2) chunks.length = 0;
    else chunks.push(chunk2);
  }
  return bytes > maxBytes2 ? void 0 : Buffer.concat(chunks, bytes);
}
function send(response4, status, headers, body) {
  response4.writeHead(status, { ...headers, "content-length": body.byteLength });
  response4.end(body);
}

// local/essbasic/listen.ts
async function listen(server, port, host) {
  await new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => {
      server.off("error", reject);
      resolve();
    });
  });
  const address = server.address();
  const taken = typeof address === "object" && address !== null ? address.port : port;
  return { url: `http://${urlHost(host)}:${taken}`, port: taken };
}
function urlHost(host) {
  if (host === "0.0.0.0" || host === "::") return "127.0.0.1";
  return host.includes(":") ? `[${host}]` : host;
}
async function closeServer(server) {
  await new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

// local/essbasic/pages/page.ts
var html = (status, body) => ({
  status,
  contentType: "text/html; charset=utf-8",
  body
});

// local/essbasic/pages/jump-page.ts
function jumpPage(query2, context) {
  const code = context.world.codes.get(query2.get("qrCodeId") ?? "");
  if (code === void 0) return html(404, unknownCode());
  return html(200, knownCode(code, context));
}
function unknownCode() {
  const heading = bilingual("h1", "\u6CA1\u6709\u6B64\u7B7E\u7F72\u7801", "There is no such code");
  const text = bilingual(
    "p",
    "\u6A21\u62DF\u5668\u4E0D\u8BA4\u8BC6\u8FD9\u4E2A\u7B7E\u7F72\u7801\uFF1A\u94FE\u63A5\u6709\u8BEF\uFF0C\u6216\u6A21\u62DF\u5668\u91CD\u542F\u540E\u4E22\u5931\u4E86\u6570\u636E\u3002",
    "The emulator does not know this code: the link is wrong, or the emulator was restarted and forgot it."
  );
  return htmlPage("\u6CA1\u6709\u6B64\u7B7E\u7F72\u7801 \xB7 No such code", `${heading}
${text}`);
}
function knownCode(code, { world, nowS }) {
  const name2 = escapeHtml(code.QrCodeName);
  const template2 = world.templates.get(code.TemplateId)?.template;
  const quota = world.organisations.get(organisationKey(code))?.quota ?? 0;
  const facts = [
    ["\u7B7E\u7F72\u7801\u540D\u79F0", "Name", name2],
    ["\u5408\u540C\u540D\u79F0", "Name of the contracts", escapeHtml(code.FlowName)],
    ["\u5408\u540C\u6A21\u677F", "Template", escapeHtml(`${template2?.TemplateName ?? "\uFF08\u5DF2\u5220\u9664 deleted\uFF09"} ${code.TemplateId}`)],
    ["\u4F01\u4E1A", "Organisation", escapeHtml(code.ProxyOrganizationOpenId)],
    ["\u5DF2\u53D1\u8D77 / \u4E0A\u9650\uFF08\u4EFD\uFF09", "Contracts started / maximum", `${code.used} / ${code.maxFlowNum}`],
    ["\u622A\u6B62\u65F6\u95F4", "Ends at", timeOf(code.expiresAtS)],
    ["\u6A21\u62DF\u5668\u5F53\u524D\u65F6\u95F4", "Time of the emulator", timeOf(nowS)],
    ["\u4F01\u4E1A\u5269\u4F59\u5408\u540C\u989D\u5EA6", "Contracts that the organisation has left", String(quota)],
    ["\u6307\u5B9A\u7B7E\u7F72\u4EBA", "Open to", audienceOf(code)],
    ["QrCodeId", "QrCodeId", `<code>${escapeHtml(code.QrCodeId)}</code>`]
  ];
  return htmlPage(
    `${code.QrCodeName} \xB7 \u7B7E\u7F72\u7801 \xB7 Sign code`,
    [
      `<h1>${name2}</h1>`,
      stateOf(code, nowS),
      bilingual(
        "p",
        "\u8FD9\u662F\u672C\u673A\u6A21\u62DF\u5668\u7684\u9875\u9762\uFF0C\u4E0D\u4F1A\u4EA7\u751F\u771F\u5B9E\u5408\u540C\u3002\u771F\u5B9E\u9875\u9762\u4F1A\u5524\u8D77\u817E\u8BAF\u7535\u5B50\u7B7E\u5C0F\u7A0B\u5E8F\uFF1A\u626B\u7801\u4EBA\u5B9E\u540D\u3001\u586B\u5199\u4FE1\u606F\uFF0C\u7136\u540E\u7B7E\u7F72\u4E00\u4EFD\u4EE5\u8BE5\u6A21\u677F\u53D1\u8D77\u7684\u5408\u540C\u3002",
        "This page is of an emulator on this machine; no real contract comes of it. The real page opens the mini-programme of Tencent e-sign: whoever scans proves who they are, fills in their details, and signs a contract made from the template."
      ),
      `<dl>
${facts.map(([zh, en, value]) => fact(zh, en, value)).join("\n")}
</dl>`,
      `<p><img src="${escapeHtml(pictureUrl(code, ""))}" alt="${name2} \u7684\u4E8C\u7EF4\u7801 QR code" width="300"></p>`
    ].join("\n")
  );
}
function fact(zh, en, value) {
  const label = zh === en ? zh : `${zh} \xB7 <span lang="en">${en}</span>`;
  return `<dt>${label}</dt><dd>${value}</dd>`;
}
function stateOf(code, nowS) {
  const status = codeStatus(code, nowS);
  if (status === "alive") return '<p class="state">\u6709\u6548\uFF0C\u53EF\u4EE5\u626B\u7801\u7B7E\u7F72 \xB7 <span lang="en">Alive: it can be scanned</span></p>';
  const { zh, en } = deaths[status];
  return `<p class="state">\u5DF2\u5931\u6548\uFF1A${zh} \xB7 <span lang="en">Dead: ${en}</span></p>`;
}
function audienceOf({ restrictions }) {
  if (restrictions.length === 0) return '\u4EFB\u4F55\u4EBA \xB7 <span lang="en">everybody</span>';
  return `${restrictions.length} \u4EBA \xB7 <span lang="en">${restrictions.length} people</span>`;
}
function timeOf(atS) {
  const beijing = new Date((atS + 8 * 3600) * 1e3).toISOString();
  return `<time datetime="${beijing.slice(0, 19)}+08:00">${beijing.slice(0, 10)} ${beijing.slice(11, 19)} UTC+8</time>`;
}

// local/essbasic/pages/qr-picture.ts
import { encodeQR } from "qr";

// local/essbasic/pages/bitmap.ts
function createBitmap(width, height) {
  return { width, height, pixels: new Uint8Array(width * height) };
}
function fill({ width, height, pixels }, x, y, w, h) {
  const [left, right] = [Math.max(0, x), Math.min(width, x + w)];
  if (left >= right) return;
  for (let row = Math.max(0, y); row < Math.min(height, y + h); row += 1) {
    pixels.fill(1, row * width + left, row * width + right);
  }
}

// local/essbasic/pages/glyphs.ts
var ascii = "000000000000005f00000007000700147f147f14242a7f2a12231308646236495522500004030000001c2241000041221c0014083e081408083e080800503000000808080808006060000020100804023e5149453e00427f400042615149462141454b311814127f1027454545393c4a49493001710905033649494936064949291e003636000000563600000814224100141414141400412214080201510906324979413e7e1111117e7f494949363e414141227f4141221c7f494949417f090909013e4149497a7f0808087f00417f41002040413f017f081422417f404040407f020c027f7f0408107f3e4141413e7f090909063e4151215e7f09192946464949493101017f01013f4040403f1f2040201f3f4038403f631408146307087008076151494543007f41410002040810200041417f0004020102044040404040000102040020545454787f484444383844444420384444487f3854545418087e0901020c5252523e7f0804047800447d40002040443d007f1028440000417f40007c041804787c0804047838444444387c14141408081414187c7c080404084854545420043f4440203c4040207c1c2040201c3c4030403c44281028440c5050503c4464544c44000836410000007f000000413608000804081008";
var hexDigits = "1f111f121f101d151715151f07041f17151d1f151d01011f1f151f17151f1e051e1f150a1f11111f110e1f15111f0501";
var glyphHeight = 30;
var asciiDot = 3;
var boxDot = 2;
var isAscii = (codePoint) => codePoint >= 32 && codePoint <= 126;
var boxColumns = (codePoint) => codePoint > 65535 ? 3 : 2;
function glyphWidth(character) {
  const codePoint = character.codePointAt(0) ?? 0;
  return isAscii(codePoint) ? 6 * asciiDot : (4 * boxColumns(codePoint) + 4) * boxDot;
}
function drawCharacter(bitmap, character, x, y) {
  const codePoint = character.codePointAt(0) ?? 0;
  if (isAscii(codePoint)) {
    const columns = ascii.slice((codePoint - 32) * 10, (codePoint - 31) * 10);
    drawColumns(bitmap, columns, x, y + 6, asciiDot);
  } else {
    drawBox(bitmap, codePoint, x, y);
  }
}
function drawColumns(bitmap, columns, x, y, dot) {
  for (const [index2, pair] of (columns.match(/../g) ?? []).entries()) {
    const bits = Number.parseInt(pair, 16);
    for (let row = 0; row < 7; row += 1) {
      if (bits >> row & 1) fill(bitmap, x + index2 * dot, y + row * dot, dot, dot);
    }
  }
}
function drawBox(bitmap, codePoint, x, y) {
  const columns = boxColumns(codePoint);
  const [width, height] = [(4 * columns + 3) * boxDot, 15 * boxDot];
  fill(bitmap, x, y, width, boxDot);
  fill(bitmap, x, y + height - boxDot, width, boxDot);
  fill(bitmap, x, y, boxDot, height);
  fill(bitmap, x + width - boxDot, y, boxDot, height);
  for (const [index2, digit] of [...codePoint.toString(16).padStart(2 * columns, "0")].entries()) {
    const value = Number.parseInt(digit, 16);
    const [column, row] = [index2 % columns, Math.floor(index2 / columns)];
    const [left, top] = [x + (2 + 4 * column) * boxDot, y + (2 + 6 * row) * boxDot];
    drawColumns(bitmap, hexDigits.slice(value * 6, value * 6 + 6), left, top, boxDot);
  }
}

// local/essbasic/pages/png.ts
import { crc32, deflateSync } from "node:zlib";
var signature2 = Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]);
function encodePng(bitmap, texts = {}) {
  return Buffer.concat([
    signature2,
    chunk("IHDR", header2(bitmap)),
    ...Object.entries(texts).map(([keyword, text]) => chunk("iTXt", internationalText(keyword, text))),
    chunk("IDAT", deflateSync(scanlines(bitmap))),
    chunk("IEND", Buffer.alloc(0))
  ]);
}
function chunk(type, data) {
  const typed = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const framed = Buffer.alloc(typed.length + 8);
  framed.writeUInt32BE(data.length, 0);
  typed.copy(framed, 4);
  framed.writeUInt32BE(crc32(typed), typed.length + 4);
  return framed;
}
function header2({ width, height }) {
  const data = Buffer.alloc(13);
  data.writeUInt32BE(width, 0);
  data.writeUInt32BE(height, 4);
  data[8] = 1;
  return data;
}
function scanlines({ width, height, pixels }) {
  const stride = 1 + Math.ceil(width / 8);
  const rows = Buffer.alloc(stride * height);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      if (pixels[y * width + x] === 1) continue;
      const at = y * stride + 1 + (x >> 3);
      rows[at] = (rows[at] ?? 0) | 128 >> (x & 7);
    }
  }
  return rows;
}
function internationalText(keyword, text) {
  return Buffer.concat([Buffer.from(keyword, "latin1"), Buffer.alloc(5), Buffer.from(text)]);
}

// local/essbasic/pages/qr-picture.ts
var modulePixels = 8;
var quietModules = 4;
var lineHeight = glyphHeight + 6;
var maxLines = 3;
function qrPicture(text, name2) {
  const modules = encodeQR(text, "raw", { ecc: "medium", border: quietModules });
  const side = modules.length * modulePixels;
  const margin = quietModules * modulePixels;
  const lines = captionLines(name2, side - 2 * margin);
  const bitmap = createBitmap(side, side + lines.length * lineHeight + (lines.length > 0 ? margin / 2 : 0));
  for (const [row, cells] of modules.entries()) {
    for (const [column, black] of cells.entries()) {
      if (black) fill(bitmap, column * modulePixels, row * modulePixels, modulePixels, modulePixels);
    }
  }
  for (const [index2, line] of lines.entries()) {
    let x = Math.floor((side - widthOf(line)) / 2);
    for (const character of line) {
      drawCharacter(bitmap, character, x, side + index2 * lineHeight);
      x += glyphWidth(character);
    }
  }
  return encodePng(bitmap, {
    Title: name2,
    Description: "Made by an emulator; it leads to no contract. In the caption a character that is not ASCII is a box with its Unicode number."
  });
}
var widthOf = (line) => line.reduce((sum, character) => sum + glyphWidth(character), 0);
function captionLines(name2, width) {
  const lines = [];
  let line = [];
  for (const character of name2) {
    if (line.length > 0 && widthOf([...line, character]) > width) {
      lines.push(line);
      line = [];
    }
    line.push(character);
  }
  if (line.length > 0) lines.push(line);
  if (lines.length <= maxLines) return lines;
  const last = lines[maxLines - 1] ?? [];
  while (widthOf([...last, ".", ".", "."]) > width) last.pop();
  return [...lines.slice(0, maxLines - 1), [...last, ".", ".", "."]];
}

// local/essbasic/pages/template-pdf.ts
function templatePdf(TemplateId) {
  const text = `Template ${TemplateId}, from an emulator`.replace(/[^ -~]/g, "?").replace(/[\\()]/g, "\\$&");
  const content = `BT /F1 12 Tf 72 760 Td (${text}) Tj ET`;
  const objects = [
    "<< /Type /Catalog /Pages 2 0 R >>",
    "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
    "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
    `<< /Length ${content.length} >>
stream
${content}
endstream`,
    "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
  ];
  let file = "%PDF-1.4\n";
  const offsets = objects.map((object, index2) => {
    const offset = file.length;
    file += `${index2 + 1} 0 obj
${object}
endobj
`;
    return `${String(offset).padStart(10, "0")} 00000 n 
`;
  });
  const size = objects.length + 1;
  const table2 = `xref
0 ${size}
0000000000 65535 f 
${offsets.join("")}`;
  return Buffer.from(`${file}${table2}trailer
<< /Size ${size} /Root 1 0 R >>
startxref
${file.length}
%%EOF
`);
}

// local/essbasic/pages/template-page.ts
function templatePreview(query2, context) {
  const found = linkedTemplate(query2, context);
  if ("page" in found) return found.page;
  const { TemplateId, TemplateName = TemplateId } = found.template;
  return html(
    200,
    htmlPage(
      `${TemplateName} \xB7 \u6A21\u677F\u9884\u89C8 \xB7 Template preview`,
      [
        `<h1>${escapeHtml(TemplateName)}</h1>`,
        bilingual(
          "p",
          `\u8FD9\u662F\u672C\u673A\u6A21\u62DF\u5668\u7684\u6A21\u677F <code>${escapeHtml(TemplateId)}</code>\u3002\u771F\u5B9E\u9875\u9762\u4F1A\u663E\u793A\u6A21\u677F\u6587\u4EF6\u3002`,
          `This is the template <code>${escapeHtml(TemplateId)}</code> of an emulator on this machine. The real page shows its document.`
        )
      ].join("\n")
    )
  );
}
function templateDocument(query2, context) {
  const found = linkedTemplate(query2, context);
  if ("page" in found) return found.page;
  return { status: 200, contentType: "application/pdf", body: templatePdf(found.template.TemplateId) };
}
function linkedTemplate(query2, { world, nowS }) {
  const owned = world.templates.get(query2.get("templateId") ?? "");
  if (owned === void 0) {
    const heading2 = bilingual("h1", "\u6CA1\u6709\u6B64\u6A21\u677F", "There is no such template");
    return { page: html(404, htmlPage("\u6CA1\u6709\u6B64\u6A21\u677F \xB7 No such template", heading2)) };
  }
  if (nowS < Number(query2.get("expiredTime"))) return { template: owned.template };
  const heading = bilingual("h1", "\u94FE\u63A5\u5DF2\u8FC7\u671F", "The link has expired");
  const text = bilingual("p", "\u6A21\u677F\u94FE\u63A5\u6709\u6548\u671F\u4E94\u5206\u949F\u3002", "A link to a template lives for five minutes.");
  return { page: html(410, htmlPage("\u94FE\u63A5\u5DF2\u8FC7\u671F \xB7 Link expired", `${heading}
${text}`)) };
}

// local/essbasic/pages/pages.ts
function pageAt(path, query2, context) {
  if (path === "/h5/jump-mp.html") return jumpPage(query2, context);
  if (path === "/h5/template-preview.html") return templatePreview(query2, context);
  if (path === "/files/template.pdf") return templateDocument(query2, context);
  if (path === "/bresource/resource/resource/0/0.PNG") {
    return picture(Buffer.from(query2.get("hkey") ?? "", "hex").toString(), context);
  }
  const [, QrCodeId] = /^\/imgs\/multiSignQrCodes\/QrCode\/([\w-]{1,64})\.png$/.exec(path) ?? [];
  return QrCodeId === void 0 ? void 0 : picture(QrCodeId, context);
}
function picture(QrCodeId, { world, baseUrl }) {
  const code = world.codes.get(QrCodeId);
  if (code === void 0) {
    return html(404, htmlPage("\u6CA1\u6709\u6B64\u7B7E\u7F72\u7801 \xB7 No such code", bilingual("h1", "\u6CA1\u6709\u6B64\u7B7E\u7F72\u7801", "There is no such code")));
  }
  return {
    status: 200,
    contentType: "image/png",
    body: qrPicture(jumpPageUrl(code, baseUrl), code.QrCodeName)
  };
}

// local/essbasic/seeds/codes.ts
var cancelledCodeId = seedId("cancelledCode");
var expiredCodeId = seedId("expiredCode");
var usedUpCodeId = seedId("usedUpCode");
var foreignCodeId = seedId("foreignCode");
var secondsPerDay3 = 86400;
function seedCodes(nowS) {
  const dead = (QrCodeId, changes) => ({
    QrCodeId,
    AppId: exampleAgent.AppId,
    ProxyOrganizationOpenId: exampleAgent.ProxyOrganizationOpenId,
    TemplateId: exampleTemplateId,
    FlowName: "\u5165\u804C\u5408\u540C",
    QrCodeName: "\u5165\u804C\u5408\u540C",
    createdAtS: Math.max(0, nowS - secondsPerDay3),
    expiresAtS: nowS + 365 * secondsPerDay3,
    maxFlowNum: 5,
    used: 0,
    flowEffectiveDays: 7,
    restrictions: [],
    forbidPersonalMultipleSign: false,
    flowNameAppendScannerInfo: false,
    scannedBy: [],
    ...changes
  });
  return [
    dead(cancelledCodeId, { cancelledAtS: nowS }),
    dead(expiredCodeId, { expiresAtS: nowS }),
    dead(usedUpCodeId, { used: 5 }),
    dead(foreignCodeId, { ProxyOrganizationOpenId: "org-elsewhere" })
  ];
}

// local/essbasic/seeds/seed-content.ts
function seedContent(nowS) {
  return {
    applications: [...applications],
    organisations: [...organisations],
    templates: [...templates],
    codes: seedCodes(nowS)
  };
}

// local/essbasic/state/seeded-random.ts
function createSeededRandom(seed) {
  let state = seed >>> 0;
  const fraction = () => {
    state = state + 1831565813 >>> 0;
    let mixed2 = Math.imul(state ^ state >>> 15, state | 1);
    mixed2 ^= mixed2 + Math.imul(mixed2 ^ mixed2 >>> 7, mixed2 | 61);
    return ((mixed2 ^ mixed2 >>> 14) >>> 0) / 2 ** 32;
  };
  return {
    fraction,
    integer: (below) => Math.floor(fraction() * below),
    state: () => state,
    restore: (to) => {
      state = to >>> 0;
    }
  };
}

// local/essbasic/state/snapshot.ts
import * as z25 from "zod/mini";
var time = z25.number().check(z25.minimum(0), z25.maximum(latestMs));
var random = z25.int().check(z25.minimum(0), z25.maximum(2 ** 32 - 1));
var Snapshot = z25.strictObject({
  version: z25.literal(1),
  clock: z25.strictObject({ nowMs: time, atRealMs: time, speed: z25.number().check(z25.minimum(0)) }),
  random: z25.strictObject({ ids: random, requests: random, faults: random }),
  applications: z25.array(Application),
  organisations: z25.array(Organisation),
  templates: z25.array(OwnedTemplate),
  codes: z25.array(SignCode)
});
var parseSnapshot = (value) => parseInput(Snapshot, value);

// local/essbasic/state/memory.ts
function createMemory(options) {
  const { realNowMs, startMs, speed } = options;
  let { seed } = options;
  const startState = () => {
    const atRealMs = realNowMs();
    return { nowMs: startMs ?? atRealMs, atRealMs, speed };
  };
  const clock = createVirtualClock(realNowMs, startState());
  const start = sequencesOf(seed);
  const random2 = {
    ids: createSeededRandom(start.ids),
    requests: createSeededRandom(start.requests),
    faults: createSeededRandom(start.faults)
  };
  const world = createWorld();
  fillWorld(world, seedContent(clock.nowS()));
  function restoreRandom(sequences) {
    random2.ids.restore(sequences.ids);
    random2.requests.restore(sequences.requests);
    random2.faults.restore(sequences.faults);
  }
  return {
    world,
    clock,
    random: random2,
    snapshot: () => ({
      version: 1,
      clock: clock.state(),
      random: {
        ids: random2.ids.state(),
        requests: random2.requests.state(),
        faults: random2.faults.state()
      },
      ...contentOf(world)
    }),
    restore(snapshot) {
      const { clock: clockState, random: sequences, version: _2, ...content } = parseSnapshot(snapshot);
      clock.restore(clockState);
      restoreRandom(sequences);
      fillWorld(world, content);
    },
    reset(newSeed = seed) {
      seed = newSeed;
      clock.restore(startState());
      restoreRandom(sequencesOf(seed));
      fillWorld(world, seedContent(clock.nowS()));
    }
  };
}
var sequencesOf = (seed) => ({
  ids: seed >>> 0,
  requests: (seed ^ 1380274515) >>> 0,
  faults: (seed ^ 1178684500) >>> 0
});

// local/essbasic/state/scan.ts
import { createHash } from "node:crypto";
var scanRefusals = {
  "no-such-code": { zh: "\u6CA1\u6709\u6B64\u7B7E\u7F72\u7801", en: "there is no such code" },
  ...deaths,
  "not-permitted": { zh: "\u626B\u7801\u4EBA\u4E0D\u5728\u6307\u5B9A\u7B7E\u7F72\u4EBA\u4E4B\u5217", en: "the person is not among those who may sign" },
  "person-needed": {
    zh: "\u8BE5\u7B7E\u7F72\u7801\u9650\u5236\u626B\u7801\u4EBA\uFF0C\u8BF7\u6C42\u987B\u7ED9\u51FA person",
    en: "the code restricts who may scan: the request must say who does, in person"
  },
  "scanned-before": { zh: "\u6B64\u4EBA\u5DF2\u626B\u7801\u7B7E\u7F72\u8FC7\u4E00\u4EFD", en: "the person has scanned before, and may once only" },
  "no-quota": { zh: "\u4F01\u4E1A\u5408\u540C\u989D\u5EA6\u4E0D\u8DB3", en: "the organisation has no contracts left" }
};
var secondsPerDay4 = 86400;
function scan(QrCodeId, person2, { world, nowS, random: random2 }) {
  const code = world.codes.get(QrCodeId);
  if (code === void 0) return { ok: false, reason: "no-such-code" };
  const status = codeStatus(code, nowS);
  if (status !== "alive") return { ok: false, reason: status };
  const refused2 = refusalOfPerson(code, person2);
  if (refused2) return { ok: false, reason: refused2 };
  const organisation = world.organisations.get(organisationKey(code));
  if (organisation === void 0 || organisation.quota === 0) return { ok: false, reason: "no-quota" };
  organisation.quota -= 1;
  code.used += 1;
  if (code.forbidPersonalMultipleSign && person2) code.scannedBy.push(digestOf(person2));
  return {
    ok: true,
    contract: {
      FlowId: upstreamId(random2),
      FlowName: nameOf(code, person2),
      CreatedOn: nowS,
      DeadLine: nowS + code.flowEffectiveDays * secondsPerDay4
    }
  };
}
function refusalOfPerson(code, person2) {
  const restricted = code.restrictions.length > 0 || code.forbidPersonalMultipleSign;
  if (person2 === void 0) return restricted ? "person-needed" : void 0;
  const permitted = code.restrictions.length === 0 || code.restrictions.some((restriction) => matches(restriction, person2));
  if (!permitted) return "not-permitted";
  const again = code.forbidPersonalMultipleSign && code.scannedBy.includes(digestOf(person2));
  return again ? "scanned-before" : void 0;
}
function matches(restriction, person2) {
  const traits = ["Name", "Mobile", "IdCardType", "IdCardNumber"];
  return traits.every((trait) => !restriction[trait] || restriction[trait] === person2[trait]);
}
function digestOf({ Name = "", Mobile = "", IdCardType = "", IdCardNumber = "" }) {
  return createHash("sha256").update(JSON.stringify([Name, Mobile, IdCardType, IdCardNumber])).digest("hex");
}
function nameOf({ FlowName, flowNameAppendScannerInfo }, person2) {
  if (!flowNameAppendScannerInfo || person2 === void 0) return FlowName;
  return [FlowName, person2.Name, person2.Mobile?.slice(-4)].filter(Boolean).join("-");
}

// local/essbasic/state/scan-crowd.ts
function scanCrowd({ world, clock, random: random2 }, QrCodeId, { count: count3 = 1, person: person2 } = {}) {
  const code = world.codes.get(QrCodeId);
  if (code === void 0) throw new Failure("NotFound", { detail: "There is no code with this QrCodeId" });
  const context = { world, nowS: clock.nowS(), random: random2.ids };
  const report = { Started: [], Used: 0, MaxFlowNum: code.maxFlowNum, Quota: 0 };
  while (report.Started.length < count3 && report.Refused === void 0) {
    const result = scan(QrCodeId, person2, context);
    if (result.ok) report.Started.push(result.contract);
    else {
      const turnedAway = count3 - report.Started.length;
      report.Refused = { count: turnedAway, reason: result.reason, ...scanRefusals[result.reason] };
    }
  }
  report.Used = code.used;
  report.Quota = world.organisations.get(organisationKey(code))?.quota ?? 0;
  return report;
}

// local/essbasic/state/wall-clock.ts
function createWallClock() {
  let originMs = performance.timeOrigin;
  return () => {
    const fineMs = originMs + performance.now();
    const driftMs = Date.now() - fineMs;
    if (Math.abs(driftMs) < 50) return fineMs;
    originMs += driftMs;
    return fineMs + driftMs;
  };
}

// local/essbasic/state/world-controls.ts
function worldControls(world) {
  return {
    templates: {
      list: (owner) => contentOf(world).templates.filter((owned) => owner === void 0 || isOwner(owned, owner)),
      put(owned) {
        world.templates.set(owned.template.TemplateId, structuredClone(owned));
      },
      remove: (TemplateId) => world.templates.delete(TemplateId)
    },
    organisations: {
      list: () => contentOf(world).organisations,
      put(organisation) {
        world.organisations.set(organisationKey(organisation), structuredClone(organisation));
      },
      setQuota(owner, quota) {
        const organisation = world.organisations.get(organisationKey(owner));
        if (organisation === void 0) {
          throw new Failure("NotFound", { detail: "There is no such organisation" });
        }
        organisation.quota = quota;
      }
    },
    codes: {
      list: () => contentOf(world).codes,
      get: (QrCodeId) => structuredClone(world.codes.get(QrCodeId))
    }
  };
}

// local/essbasic/create-emulator.ts
var sleepByTimer = async (ms) => {
  await sleepForReal(ms);
};
function createEmulator(options = {}) {
  const { realNowMs = createWallClock(), signatureClock = "real", logger = () => void 0 } = options;
  const { seed = randomInt(2 ** 32), startMs, speed = 1 } = options;
  const memory = createMemory({ seed, startMs, speed, realNowMs });
  const { world, clock, random: random2 } = memory;
  const faults = createFaults(random2.faults);
  const journal = createJournal();
  const rateLimit = createRateLimit();
  const onDefect = (error) => logger(`defect: ${error instanceof Error ? error.stack : String(error)}`);
  let baseUrl = "";
  let server;
  const api2 = createApiGateway({
    memory,
    credentials,
    faults,
    rateLimit,
    journal,
    requestsPerSecond: options.requestsPerSecond,
    signatureNowS: () => signatureClock === "real" ? Math.floor(realNowMs() / 1e3) : clock.nowS(),
    baseUrl: () => baseUrl,
    sleep: options.sleep ?? sleepByTimer,
    onJournal: (entry) => logger(lineOf(entry)),
    onDefect
  });
  const emulator = {
    clock,
    faults,
    journal,
    ...worldControls(world),
    scan: (QrCodeId, crowd) => scanCrowd(memory, QrCodeId, crowd),
    snapshot: memory.snapshot,
    restore(snapshot) {
      memory.restore(snapshot);
      rateLimit.reset();
    },
    reset(change = {}) {
      memory.reset(change.seed);
      rateLimit.reset();
      faults.clear();
      journal.clear();
    },
    async listen(port = 0, host = "127.0.0.1") {
      if (server !== void 0) throw new Failure("StateConflict", { detail: "The emulator listens already" });
      const page = (path, query2) => pageAt(path, query2, { world, nowS: clock.nowS(), baseUrl });
      const opening = createHttpServer({ emulator, api: api2, pageAt: page, onDefect });
      const address = await listen(opening, port, host);
      server = opening;
      baseUrl = address.url;
      return address;
    },
    async close() {
      const closing = server;
      server = void 0;
      if (closing !== void 0) await closeServer(closing);
    }
  };
  return emulator;
}
function lineOf({ method, action, result, reason, requestId, fault }) {
  const why = reason === void 0 ? "" : `: ${reason}`;
  const struck = fault === void 0 ? "" : ` (fault ${fault.id}: ${fault.effect})`;
  return `${method} ${action || "(no action)"} ${result}${why}${struck} [${requestId}]`;
}

// local/essbasic/emulator-configuration.ts
function readEmulatorConfiguration(environment) {
  const problems = [];
  const port = environment["ESSBASIC_PORT"]?.trim() || "9300";
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65535) {
    problems.push({ path: "ESSBASIC_PORT", message: "must be a port, 0 to 65535" });
  }
  const callbackKeys = listOf(environment["ESS_CALLBACK_KEYS"]);
  if (callbackKeys.some((key) => Buffer.byteLength(key) !== 32)) {
    problems.push({ path: "ESS_CALLBACK_KEYS", message: "must be keys of 32 bytes each, with commas between them" });
  }
  const callbackTokens = listOf(environment["ESS_CALLBACK_TOKENS"]);
  if (problems.length === 0) return { port: Number(port), callbackKeys, callbackTokens };
  const detail = problems.map(({ path, message }) => `${path} ${message}`).join("; ");
  throw new Failure("Misconfigured", { detail, problems });
}
var listOf = (text = "") => text.split(",").map((item) => item.trim()).filter((item) => item !== "");

// local/essbasic/main.ts
try {
  await run();
} catch (error) {
  if (!(error instanceof Failure)) throw error;
  console.error(error.detail);
  process.exitCode = 1;
}
async function run() {
  const { port, callbackKeys, callbackTokens } = readEmulatorConfiguration(process.env);
  const emulator = createEmulator({ callbackKeys, callbackTokens, logger: (line) => console.log(line) });
  const { url } = await emulator.listen(port).catch((cause) => {
    throw portFailure(port, cause);
  });
  for (const signal of ["SIGINT", "SIGTERM"]) {
    process.once(signal, () => void emulator.close());
  }
  for (const { en, value } of seedFacts) console.log(`${en.padEnd(34)} ${value}`);
  console.log(`ready: API ${url}/  control plane ${url}/_emulator/`);
}
