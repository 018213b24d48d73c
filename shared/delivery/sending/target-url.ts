/** What may be subscribed as an address, before any name is resolved. */

import { isIP } from 'node:net';
import type { Text } from '../../text.ts';
import { isLoopbackAddress, isPublicAddress } from './public-addresses.ts';

/** Characters; more is no address that a person meant. */
export const mostUrlLength = 2000;

export const urlProblems = {
  TooLong: { en: `is longer than ${mostUrlLength} characters`, zh: `超过 ${mostUrlLength} 个字符` },
  NotAUrl: { en: 'is not a URL', zh: '不是有效的 URL' },
  NotHttps: { en: 'must begin with https://', zh: '应以 https:// 开头' },
  Credentials: { en: 'must not hold a user or password', zh: '不能包含用户名或密码' },
  NotPublic: {
    en: 'leads to an address that is private, local or reserved',
    zh: '指向内网、本机或保留地址',
  },
} as const satisfies Record<string, Text>;

export type UrlProblem = keyof typeof urlProblems;

export interface TargetRules {
  /** Loopback may be sent to, also without TLS: for a run on one machine. */
  readonly allowLoopback: boolean;
}

/**
 * The address as a URL, or what is wrong with it. The WHATWG parser has turned every notation of an IPv4 address
 * (`0x7f.1`, `2130706433`, `0177.0.0.1`) into the usual one before it is looked at.
 */
export function readTargetUrl(
  text: string,
  { allowLoopback }: TargetRules,
): { url: URL } | { problem: UrlProblem } {
  if (text.length > mostUrlLength) return { problem: 'TooLong' };
  if (!URL.canParse(text)) return { problem: 'NotAUrl' };
  const url = new URL(text);
  const isLoopback = isLoopbackHost(hostOf(url));
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLoopback && allowLoopback)) {
    return { problem: 'NotHttps' };
  }
  if (url.username !== '' || url.password !== '') return { problem: 'Credentials' };
  if (isLoopback) return allowLoopback ? { url } : { problem: 'NotPublic' };
  if (isIP(hostOf(url)) !== 0 && !isPublicAddress(hostOf(url))) return { problem: 'NotPublic' };
  return { url };
}

/** The host without the brackets of IPv6 and the dot of a full name. */
export function hostOf({ hostname }: URL): string {
  return hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '');
}

export function isLoopbackHost(host: string): boolean {
  return host === 'localhost' || host.endsWith('.localhost') || isLoopbackAddress(host);
}

/** What is shown of an address: where it is, and the end of what may be a secret. */
export function maskedUrl(text: string): string {
  const { origin, pathname, search } = new URL(text);
  const rest = `${pathname}${search}`;
  return rest === '/' ? origin : `${origin}/…${rest.length > 12 ? rest.slice(-4) : ''}`;
}
