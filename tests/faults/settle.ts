import type { Outside } from './outside.ts';
import { CALM } from './plan.ts';

/** More than any entry needs: each round is a minute of the schedule at the moment when something is owed. */
const ROUNDS = 60;
/** A carrier does not deliver a message again after minutes. */
const LONGEST_RETRY = 5 * 60_000;

/**
 * Lets the trouble end and time go on until nobody is owed anything: the schedule runs whenever an entry is due to be
 * looked at, and at last once more, for the audit log's seals.
 */
export async function settle(outside: Outside): Promise<void> {
  const { stage, witness } = outside.world;
  outside.turn(CALM);
  outside.calm = true;
  // Whoever got no answer asks once more, and now must get one.
  for (const sent of outside.sent) if (sent.accepted === null && sent.refused === null) outside.again(sent);
  outside.operators.insist();
  for (const texted of outside.texted) {
    if (texted.answers.length > 0) continue;
    if (stage.now - texted.at > LONGEST_RETRY) texted.givenUp = true;
    else outside.deliverAgain(texted);
  }
  await stage.run();
  for (let round = 0; round < ROUNDS; round += 1) {
    const next = witness.nextCheckAt;
    if (next === null) break;
    // A clock of a process may have been fast, and so what it wrote lie five minutes later.
    stage.after(Math.max(0, next - stage.now) + 1_000, () => outside.minute());
    await stage.run();
  }
  stage.after(10 * 60_000, () => outside.minute());
  await stage.run();
  if (witness.nextCheckAt !== null) witness.say('stuck: an entry is owed a look for ever');
}
