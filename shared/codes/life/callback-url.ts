import type { CreateRequest } from '../../essbasic/ChannelCreateMultiFlowSignQRCode.ts';

/** Where upstream posts what concerns one generation: the end of a path that we gave it. */
export interface CallbackRoute {
  /** `Code.callbackToken`. It finds the code; the signature proves the sender. */
  readonly token: string;
  readonly generation: number;
}

/** The address for one generation. `base` has no slash at its end. */
export function callbackUrl(base: string, { token, generation }: CallbackRoute): string {
  return `${base}/${token}.${generation}`;
}

/** What {@link callbackUrl} wrote; undefined for any other end of a path. */
export function readCallbackRoute(segment: string): CallbackRoute | undefined {
  const [, token, number] = /^([1-9A-HJ-NP-Za-km-z]{22,32})\.([1-9]\d{0,4})$/.exec(segment) ?? [];
  return token === undefined ? undefined : { token, generation: Number(number) };
}

/**
 * The request with our address, unless it has one of its own: then its notifications go there. Upstream calls the
 * member deprecated and still takes it; the address that is configured for the application hears of everything, too.
 */
export function withCallbackUrl(request: CreateRequest, base: string, route: CallbackRoute): CreateRequest {
  return hasOwnCallback(request) ? request : { ...request, CallbackUrl: callbackUrl(base, route) };
}

/** Does a person want the notifications elsewhere? Empty means "not set". */
export function hasOwnCallback({ CallbackUrl }: Pick<CreateRequest, 'CallbackUrl'>): boolean {
  return CallbackUrl !== undefined && CallbackUrl !== '';
}
