/** What a failure code of upstream means to the caller of a function. */
export interface ErrorKind {
  /** HTTP status that a function answers with: 4xx where the caller can change something, 5xx where not. */
  status: number;
  /** May the same request succeed later, unchanged? */
  retryable: boolean;
  /** May upstream's message be shown? Not where it speaks of the deployment's own credentials. */
  expose: boolean;
}

/** The same request will be refused again. */
const refused = (status: number): ErrorKind => ({ status, retryable: false, expose: true });

/** The same request may be accepted later. */
const passing = (status: number): ErrorKind => ({ status, retryable: true, expose: true });

/** Upstream's own words about it stay in the house. */
const hidden = (status: number): ErrorKind => ({ status, retryable: false, expose: false });

/** What a code means that is not listed: refused for good, and by no fault of the caller's. */
const usual = refused(502);

/** Families that mean something else than {@link usual}, and finer codes that mean something else than their family. */
const kinds: Readonly<Record<string, ErrorKind>> = {
  'FailedOperation.QrCodeCreatorSignComponents': refused(422),
  'FailedOperation.QrCodeSignUsers': refused(422),
  'FailedOperation.QrCodeTemplateId': refused(422),
  'FailedOperation.RequestLimitExceeded': passing(429),
  InternalError: passing(502),
  InvalidParameter: refused(400),
  'InvalidParameter.DataNotFound': refused(404),
  InvalidParameterValue: refused(400),
  MissingParameter: refused(400),
  OperationDenied: refused(403),
  'OperationDenied.NoQuota': refused(402),
  'OperationDenied.OrganizationClosing': refused(409),
  'OperationDenied.QrHasExpire': refused(409),
  'OperationDenied.QrInvalid': refused(409),
  ResourceNotFound: refused(404),
  ResourceUnavailable: refused(409),
  UnauthorizedOperation: refused(403),
  AuthFailure: hidden(502),
  'AuthFailure.SignatureExpire': { ...hidden(502), retryable: true },
  DryRunOperation: refused(400),
  LimitExceeded: refused(429),
  RequestLimitExceeded: passing(429),
  RequestSizeLimitExceeded: refused(413),
  ResourceInUse: passing(409),
  ResourceInsufficient: passing(503),
  ServiceUnavailable: passing(503),
  UnknownParameter: refused(400),
  UnsupportedOperation: refused(400),
};

/** What a code means; for one that is not listed its family counts (`OperationDenied.New` → `OperationDenied`). */
export function errorCodeFacts(code: string): ErrorKind {
  const name = [code, code.split('.')[0] ?? code].find((one) => Object.hasOwn(kinds, one));
  return (name === undefined ? undefined : kinds[name]) ?? usual;
}
