import type { APIGatewayEventRequestContext, APIGatewayProxyEvent, Context } from 'aws-lambda';

/**
 * What SCF passes to a function, as the differences from what AWS Lambda passes. Sources: the Function URL
 * document (583/96099, 2025-08-12), the archived documents of the API Gateway and Timer triggers, the document of
 * the runtime's context. What arrives is `unknown` all the same, and read field by field in `read-event.ts`.
 */

/** The full query. AWS splits it in `queryStringParameters` and `multiValueQueryStringParameters`. */
interface FullQuery {
  /** How a parameter that is repeated arrives is not documented: as a string or a list, assumed here. */
  queryString: Readonly<Record<string, string | readonly string[]>>;
}

/**
 * A Function URL as documented. Beside the AWS event:
 * - `body` may be missing or empty; there is no `isBase64Encoded`;
 * - there is no `requestContext`: the caller's address is the header `x-scf-remote-addr`;
 * - there are no `multiValueHeaders`, `pathParameters`, `stageVariables`, `resource`, and of the parameters of the
 *   query only `queryString`.
 */
export type FunctionUrlEvent = Pick<APIGatewayProxyEvent, 'headers' | 'httpMethod' | 'path'> &
  Partial<Pick<APIGatewayProxyEvent, 'body'>> &
  FullQuery;

/**
 * Of AWS's `requestContext` four members; `serviceId` is Tencent's own, and the caller's address stands at the top
 * and not in `identity`, which has a `secretId` alone.
 */
type TencentRequestContext = Partial<
  Pick<APIGatewayEventRequestContext, 'httpMethod' | 'path' | 'requestId' | 'stage'>
> & { serviceId?: string; sourceIp?: string; identity?: { secretId?: string } };

/**
 * A Function URL with the undocumented switch `ApiGwCompatible`: members of the API Gateway event come back, which
 * of them is only known from observation, so each may be there or not.
 */
export type CompatibleFunctionUrlEvent = FunctionUrlEvent &
  Partial<Pick<APIGatewayProxyEvent, 'isBase64Encoded' | 'queryStringParameters'>> & {
    requestContext?: TencentRequestContext;
  };

/**
 * The legacy API Gateway trigger, which ended on 2025-06-30 and lives on in tools that imitate it. Beside the AWS
 * event: no `multiValueHeaders`, `multiValueQueryStringParameters` and `resource`; `queryStringParameters` and
 * `pathParameters` hold what the gateway was configured for; `isBase64Encoded` is there only with that option on;
 * `headerParameters` is Tencent's own.
 */
export type ApiGatewayEvent = CompatibleFunctionUrlEvent &
  Pick<APIGatewayProxyEvent, 'pathParameters' | 'queryStringParameters' | 'stageVariables'> & {
    requestContext: TencentRequestContext;
    headerParameters: Readonly<Record<string, string>>;
  };

/** The Timer trigger. `Time` is documented as the time when the trigger was made, in UTC: no key of an occurrence. */
export interface TimerEvent {
  Type: 'Timer';
  TriggerName: string;
  Time?: string;
  /** What the trigger was configured with, up to 4 KB. */
  Message: string;
}

/** In snake_case, where AWS has camelCase. `environment` and `environ` repeat every variable: never to be logged. */
export type ScfContext = Pick<Context, 'callbackWaitsForEmptyEventLoop' | 'getRemainingTimeInMillis'> & {
  request_id: string;
  function_name: string;
  function_version: string;
  memory_limit_in_mb: number;
  time_limit_in_ms: number;
  namespace: string;
  tencentcloud_region: string;
  tencentcloud_appid: string;
  tencentcloud_uin: string;
  environment: string;
  environ: string;
};

/** What an HTTP function returns. Scalar headers alone are safe on a Function URL, so no AWS `multiValueHeaders`. */
export interface HttpResponse {
  /** Of the body: bytes that are no text. */
  isBase64Encoded: boolean;
  statusCode: number;
  headers: Readonly<Record<string, string>>;
  body: string;
}
