import type { Carrier } from '../../functions/src/carrier/carrier.ts';
import { personCreate } from '../../functions/src/contract/people.ts';
import { findByPhoneHash } from '../support/find-by-hash.ts';
import { registerPerson } from '../../functions/src/people/register-person.ts';
import { systemClock } from '../../functions/src/platform/clock.ts';
import { environmentSettings, parseConfig, type Config } from '../../functions/src/platform/config.ts';
import { randomIds } from '../../functions/src/platform/ids.ts';
import { createPhoneVault, type E164, type PhoneVault } from '../../functions/src/platform/phone-vault.ts';
import { twilioCarrier } from '../../functions/src/twilio/twilio-carrier.ts';
import type { BenchStack } from './stack.ts';

/** A person who texts and may be texted. */
export interface BenchPerson {
  readonly userId: string;
  readonly number: E164;
}

/** All numbers of the range for fiction, so that messages come from and go to many people at once, as in real use. */
const NUMBERS = Array.from({ length: 100 }, (_, index) => `+120255501${String(index).padStart(2, '0')}`);

export const BENCH_AUDIT = {
  actor: { kind: 'system', id: null, label: 'Bench' },
  address: null,
  requestId: 'bench',
} as const;

/** The settings and the keys that the functions of this run have. */
export function benchConfig({ instance }: BenchStack): {
  config: Config;
  vault: PhoneVault;
  carrier: Carrier;
} {
  const config = parseConfig(environmentSettings(instance.settings), {
    projectId: 'demo-parley',
    emulator: true,
  });
  const vault = createPhoneVault(config.secrets.phoneKeys, config.secrets.phoneHashKey);
  return { config, vault, carrier: twilioCarrier(config) };
}

/** Everybody with one of these numbers who may be texted; who is missing is added. */
export async function benchPeople(stack: BenchStack): Promise<BenchPerson[]> {
  const { db } = stack;
  const deps = { db, clock: systemClock, ids: randomIds, ...benchConfig(stack) };
  const people: BenchPerson[] = [];
  for (const phoneNumber of NUMBERS) {
    // A number may be taken: the demo data has some of them.
    await registerPerson(deps, BENCH_AUDIT, personCreate.parse({ phoneNumber }));
    const person = await findByPhoneHash(db, deps.vault.hash(phoneNumber));
    if (person === null || person.untextable !== null) continue;
    people.push({ userId: person.userId, number: deps.vault.decrypt(person.userId, person.sealedNumber) });
  }
  return people;
}
