import { BlockList, isIP } from 'node:net';

/**
 * Google's own front ends, which stand between Firebase Hosting and a function; none of these is a customer's machine.
 * Source: https://www.gstatic.com/ipranges/goog.json without https://www.gstatic.com/ipranges/cloud.json.
 */
const GOOGLE_FRONT_ENDS: readonly [network: string, prefix: number, family: 'ipv4' | 'ipv6'][] = [
  ['35.191.0.0', 16, 'ipv4'],
  ['64.233.160.0', 19, 'ipv4'],
  ['66.102.0.0', 20, 'ipv4'],
  ['66.249.64.0', 19, 'ipv4'],
  ['72.14.192.0', 18, 'ipv4'],
  ['74.125.0.0', 16, 'ipv4'],
  ['108.177.0.0', 17, 'ipv4'],
  ['130.211.0.0', 22, 'ipv4'],
  ['142.250.0.0', 15, 'ipv4'],
  ['172.217.0.0', 16, 'ipv4'],
  ['172.253.0.0', 16, 'ipv4'],
  ['173.194.0.0', 16, 'ipv4'],
  ['192.178.0.0', 15, 'ipv4'],
  ['209.85.128.0', 17, 'ipv4'],
  ['216.58.192.0', 19, 'ipv4'],
  ['216.239.32.0', 19, 'ipv4'],
  ['2001:4860::', 32, 'ipv6'],
  ['2404:6800::', 32, 'ipv6'],
  ['2607:f8b0::', 32, 'ipv6'],
  ['2800:3f0::', 32, 'ipv6'],
  ['2a00:1450::', 32, 'ipv6'],
  ['2c0f:fb50::', 32, 'ipv6'],
];

const frontEnds = new BlockList();
for (const [network, prefix, family] of GOOGLE_FRONT_ENDS) frontEnds.addSubnet(network, prefix, family);

function isFrontEnd(address: string): boolean {
  return frontEnds.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');
}

/**
 * The client's network address, '' where it is not known. The runtime appends who called it to X-Forwarded-For, so the
 * last entry is true and all before it is hearsay: sent straight to the function, a client can put there what it likes.
 * Through Hosting the last entry is one of Google's own front ends, and the one before it is the client that Hosting
 * saw. Anything that is no address counts as unknown.
 */
export function clientAddress(forwardedFor: string | undefined, peer: string | undefined): string {
  const hops = (forwardedFor ?? '')
    .split(',')
    .map((hop) => hop.trim())
    .filter((hop) => hop !== '');
  const last = hops.at(-1) ?? peer ?? '';
  if (isIP(last) === 0) return '';
  if (!isFrontEnd(last)) return last;
  const before = hops.at(-2) ?? '';
  return isIP(before) === 0 ? '' : before;
}
