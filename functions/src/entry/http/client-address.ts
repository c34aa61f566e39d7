import { BlockList, isIP } from 'node:net';
import type { Config } from '../../platform/config.ts';

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
    .map((hop) => unmapped(hop.trim()))
    .filter((hop) => hop !== '');
  const last = hops.at(-1) ?? unmapped(peer ?? '');
  if (isIP(last) === 0) return '';
  if (!isFrontEnd(last)) return last;
  const before = hops.at(-2) ?? '';
  return isIP(before) === 0 ? '' : before;
}

/** An IPv4 address that is written inside IPv6, as itself. */
function unmapped(address: string): string {
  return /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1] ?? address;
}

/** How a call reached the API. */
export interface Arrival {
  /** The network address, '' where it is not known. */
  address: string;
  /** Whether the call came through Firebase Hosting, as it must where Parley is deployed. */
  viaHosting: boolean;
}

/** The emulators listen on this machine alone, so whoever calls is here; what a header says about that is hearsay. */
const HERE: Arrival = { address: '127.0.0.1', viaHosting: true };

/**
 * Tells a call through Hosting from one straight to the function, whose address anybody can find: Hosting's arrives from
 * one of Google's front ends, with the client before it, and names the console's host. IAM cannot hold strangers off,
 * since Hosting calls the function without an identity of its own (docs/adr/0030).
 */
export function arrivalOf(
  headers: { forwardedFor: string | undefined; forwardedHost: string | undefined },
  { emulator, projectId, consoleHosts }: Pick<Config, 'emulator' | 'projectId' | 'consoleHosts'>,
): Arrival {
  if (emulator) return HERE;
  const { forwardedFor, forwardedHost } = headers;
  const address = clientAddress(forwardedFor, undefined);
  if (consoleHosts === 'any') return { address, viaHosting: true };
  const last = (forwardedFor ?? '').split(',').at(-1)?.trim() ?? '';
  const fromFrontEnd = isIP(unmapped(last)) !== 0 && isFrontEnd(unmapped(last)) && address !== '';
  return { address, viaHosting: fromFrontEnd && isConsole(forwardedHost, projectId, consoleHosts) };
}

/** Whether a host is where Hosting serves this project's console: its own two, its previews, and its own domains. */
function isConsole(host: string | undefined, projectId: string, own: readonly string[]): boolean {
  const name = (host ?? '').trim().toLowerCase();
  if (name === `${projectId}.web.app` || name === `${projectId}.firebaseapp.com`) return true;
  if (own.includes(name)) return true;
  return name.startsWith(`${projectId}--`) && /^[a-z0-9-]+\.web\.app$/.test(name);
}
