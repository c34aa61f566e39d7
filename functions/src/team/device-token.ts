import { jwtVerify, SignJWT } from 'jose';
import { z } from 'zod';
import { derivedKey } from '../platform/derived-key.ts';
import type { KeyRing, RingKey } from '../platform/key-ring.ts';
import type { Operator } from './operator.ts';

/** For how long a device counts as known after a sign-in. */
const DEVICE_SECONDS = 90 * 24 * 60 * 60;

const ALGORITHM = 'HS256';
const ISSUER = 'parley device';
const claims = z.object({
  jti: z.string().min(1).max(64),
  sub: z.string().min(1).max(64),
  pwd: z.number().int(),
});

/** A device that has signed in to an account: it is counted by itself, so that strangers cannot keep it out (OP-5). */
export interface KnownDevice {
  deviceId: string;
  operatorId: string;
  /** The time of the password that it signed in with: a new one makes the device a stranger again. */
  passwordTime: number;
}

/** Not the key of the sessions, so that neither kind of token can be taken for the other. */
const deviceKey = ({ bytes }: RingKey) => derivedKey(bytes, 'device tokens');

/** What binds a device to the password that it signed in with. */
export function passwordTime(operator: Pick<Operator, 'passwordChangedAt'>): number {
  return operator.passwordChangedAt?.getTime() ?? 0;
}

/** Signs what a browser keeps to be known again; it opens nothing by itself. Times are whole seconds. */
export function signDeviceToken(ring: KeyRing, device: KnownDevice, now: Date): Promise<string> {
  const seconds = Math.floor(now.getTime() / 1000);
  return new SignJWT({ pwd: device.passwordTime })
    .setProtectedHeader({ alg: ALGORITHM, kid: ring[0].id })
    .setIssuer(ISSUER)
    .setSubject(device.operatorId)
    .setJti(device.deviceId)
    .setIssuedAt(seconds)
    .setExpirationTime(seconds + DEVICE_SECONDS)
    .sign(deviceKey(ring[0]));
}

/** The device that a token stands for; null for any token that this server did not sign, or that is too old. */
async function readDeviceToken(ring: KeyRing, token: string, now: Date): Promise<KnownDevice | null> {
  const keyOf = (header: { kid?: string }) => {
    const key = ring.find((candidate) => candidate.id === header.kid);
    if (key === undefined) throw new Error('This key is not in the ring.');
    return deviceKey(key);
  };
  try {
    const options = { algorithms: [ALGORITHM], issuer: ISSUER, currentDate: now, requiredClaims: ['exp'] };
    const { jti, sub, pwd } = claims.parse((await jwtVerify(token, keyOf, options)).payload);
    return { deviceId: jti, operatorId: sub, passwordTime: pwd };
  } catch {
    return null;
  }
}

/** The one of a browser's tokens that was given out for this account, or null. */
export async function knownDevice(
  ring: KeyRing,
  tokens: readonly string[],
  operatorId: string,
  now: Date,
): Promise<KnownDevice | null> {
  const devices = await Promise.all(tokens.map((token) => readDeviceToken(ring, token, now)));
  return devices.find((device) => device?.operatorId === operatorId) ?? null;
}
