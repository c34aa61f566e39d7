import type { SeededRandom } from './random.ts';
import { SCENES } from './scenes.ts';
import { SMALL_TALKS } from './small-talks.ts';
import type { Turn } from './turns.ts';

/** One turn of the demo history: who has it, and when. */
export interface Moment {
  who: string;
  at: Date;
  turn: Turn;
}

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const DAYS = 13;

/** Who may have small talks. */
type Present = Readonly<Record<'who', string> & Record<'active' | 'suppressed', boolean>>;

/** The scenes, each so long before `now`. */
export function fixedMoments(now: Date, random: SeededRandom): Moment[] {
  return SCENES.flatMap(({ who, minutesAgo, turns }) =>
    inOrder(who, new Date(now.getTime() - minutesAgo * MINUTE), turns, random),
  );
}

/** Every day but today a few small talks, each with somebody else, in the afternoon and evening of UTC. */
export function everydayMoments(actors: readonly Present[], now: Date, random: SeededRandom): Moment[] {
  const present = actors.filter(({ active, suppressed }) => active && !suppressed);
  const midnight = now.getTime() - (now.getTime() % DAY);
  return Array.from({ length: DAYS * 2 }, (_, index) => {
    const day = midnight - (1 + Math.floor(index / 2)) * DAY;
    const start = new Date(day + random.whole(14 * 60, 22 * 60) * MINUTE);
    const talk = SMALL_TALKS[index % SMALL_TALKS.length] ?? [];
    return inOrder(present[index % present.length]?.who ?? '', start, talk, random);
  }).flat();
}

function inOrder(who: string, start: Date, turns: readonly Turn[], random: SeededRandom): Moment[] {
  let time = start.getTime() + random.whole(0, 20) * 1000;
  return turns.map((turn, index) => {
    if (index > 0) time += random.whole(45, 150) * 1000;
    return { who, at: new Date(time), turn };
  });
}
