import { atMost, quantile, timed, told, type Figure } from './measure.ts';
import { signIn, type BenchStack } from './stack.ts';

const GUESSES = 24;
const WAVES = 10;
const IDLE = 200;
const WARM_UP = 50;

/** What others wait for `GET session` while wave after wave of wrong sign-ins comes at once, beside what they usually do. */
export async function benchSignIn(stack: BenchStack): Promise<Figure[]> {
  const { instance, db } = stack;
  const cookie = await signIn(stack);
  const ask = async () => {
    const response = await fetch(`${instance.urls.api}/session`, { headers: { cookie } });
    await response.arrayBuffer();
    if (response.status !== 200) throw new Error(`GET session answered ${String(response.status)}.`);
  };
  const asked = async (goesOn: () => boolean): Promise<number[]> => {
    const spent: number[] = [];
    while (goesOn()) spent.push(await timed(ask));
    return spent;
  };
  const guess = async (email: string): Promise<number> => {
    const response = await fetch(`${instance.urls.api}/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email, password: 'a guess of twelve' }),
    });
    await response.arrayBuffer();
    return response.status;
  };
  const times = (count: number) => {
    let left = count;
    return () => left-- > 0;
  };

  await asked(times(WARM_UP));
  const idle = await asked(times(IDLE));
  const statuses: number[] = [];
  const busy: number[] = [];
  for (let wave = 0; wave < WAVES; wave += 1) {
    // The guesses of one wave would lock their address, and the next wave would cost nothing.
    await db.recursiveDelete(db.collection('signInAttempts'));
    let running = true;
    const guesses = Promise.all(
      Array.from({ length: GUESSES }, (_, each) => guess(`nobody${String(each)}@example.com`)),
    ).finally(() => {
      running = false;
    });
    busy.push(...(await asked(() => running)));
    statuses.push(...(await guesses));
  }
  await db.recursiveDelete(db.collection('signInAttempts'));
  const ratio = (share: number) => quantile(busy, share) / quantile(idle, share);
  const compared = statuses.filter((status) => status === 401).length;
  return [
    atMost('GET session p50 while 24 wrong sign-ins run / idle', ratio(0.5), '×', 3),
    atMost('GET session p95 while 24 wrong sign-ins run / idle', ratio(0.95), '×', 3),
    told('  GET session p50, idle', quantile(idle, 0.5), 'ms'),
    told('  GET session p50, while they run', quantile(busy, 0.5), 'ms', `${String(busy.length)} samples`),
    told('  GET session p95, idle', quantile(idle, 0.95), 'ms'),
    told('  GET session p95, while they run', quantile(busy, 0.95), 'ms'),
    told('  passwords compared in a wave', compared / WAVES, '', `of ${String(GUESSES)}`),
    atMost(
      'sign-ins answered with an error of the server',
      statuses.filter((status) => status >= 500).length,
      '',
      0,
    ),
  ];
}
