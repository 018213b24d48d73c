/** Which addresses may be sent to: what is on the open internet, and by configuration this machine itself. */
import { BlockList, isIP } from 'node:net';

type Range = readonly [address: string, prefix: number];

/** IANA's special-purpose registry, and what clouds use; metadata services are named beside their rows. */
const reservedIpv4: readonly Range[] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10], // carrier-grade NAT; metadata of Alibaba Cloud
  ['169.254.0.0', 16], // link-local; metadata of Tencent Cloud, AWS and most others
  ['168.63.129.16', 32], // platform services of Azure
  ['127.0.0.0', 8],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.31.196.0', 24],
  ['192.52.193.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['192.175.48.0', 24],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4], // multicast
  ['240.0.0.0', 4], // reserved, and broadcast
];

/**
 * Of IPv6 only global unicast is let through. That leaves out loopback, link-local, unique local, multicast, and the
 * forms that hide an IPv4 address: mapped (`::ffff:0:0/96`), compatible, NAT64 (`64:ff9b::/96`, `64:ff9b:1::/48`).
 */
const globalUnicast: Range = ['2000::', 3];
const reservedIpv6: readonly Range[] = [
  ['2001::', 23], // protocol assignments, Teredo
  ['2001:db8::', 32],
  ['2002::', 16], // 6to4 hides an IPv4 address
  ['2620:4f:8000::', 48],
  ['3fff::', 20],
];

const reserved = new BlockList();
for (const [address, prefix] of reservedIpv4) reserved.addSubnet(address, prefix, 'ipv4');
for (const [address, prefix] of reservedIpv6) reserved.addSubnet(address, prefix, 'ipv6');
const unicast = new BlockList();
unicast.addSubnet(...globalUnicast, 'ipv6');
const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8, 'ipv4');

/** Is this address, in the usual notation, one of the open internet? */
export function isPublicAddress(address: string): boolean {
  const version = isIP(address);
  if (version === 4) return !reserved.check(address, 'ipv4');
  return version === 6 && unicast.check(address, 'ipv6') && !reserved.check(address, 'ipv6');
}

/** Is this address this machine itself? IPv4 that is dressed as IPv6 is not taken for it. */
export function isLoopbackAddress(address: string): boolean {
  return isIP(address) === 4 ? loopback.check(address, 'ipv4') : address === '::1';
}
