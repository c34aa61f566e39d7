import { readSettings } from './settings.ts';
import { startCarrier } from './server.ts';

/** The simulated carrier as a process of its own: started by `npm start` and by tests, stopped by SIGTERM or SIGINT. */
const report = (error: unknown): void => {
  console.error('carrier:', error);
};

const running = await startCarrier(readSettings(process.env), report);
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
