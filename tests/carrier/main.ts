import { DEMO_PEOPLE } from '../../functions/cli/seed/people.ts';
import { readSettings } from './settings.ts';
import { startCarrier } from './server.ts';

/** The simulated carrier as a process of its own: started by `npm start` and by tests, stopped by SIGTERM or SIGINT. */
const report = (error: unknown): void => {
  console.error('carrier:', error);
};

const phoneBook = DEMO_PEOPLE.map(({ phoneNumber, firstName = '', lastName = '' }) => ({
  number: phoneNumber,
  name: `${firstName} ${lastName}`.trim(),
}));
const start = async () => startCarrier({ ...readSettings(process.env), phoneBook }, report);
const running = await start().catch((error: unknown) => {
  console.error(`carrier: ${error instanceof Error ? error.message : String(error)}`);
  process.exit(1);
});
console.log(`carrier: ready at ${running.url}`);

let stopping = false;
for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.on(signal, () => {
    if (stopping) return;
    stopping = true;
    running.stop().then(
      () => process.exit(0),
      (error: unknown) => {
        report(error);
        process.exit(1);
      },
    );
  });
}
