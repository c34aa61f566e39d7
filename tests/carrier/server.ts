import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { CarrierSettings } from './settings.ts';
import type { Carrier } from './carrier.ts';
import { createCarrier } from './carrier.ts';
import { controlRoutes } from './routes/control.ts';
import { createRouter } from './http/router.ts';
import { handsetRoutes } from './routes/handsets.ts';
import { pageRoutes } from './routes/page.ts';
import { readMemory, writeMemory } from './memory-file.ts';
import { refuseForeignPages } from './http/same-site.ts';
import { sendError } from './http/answers.ts';
import { twilioRoutes } from './twilio-api/routes.ts';

export interface RunningCarrier {
  /** e.g. `http://127.0.0.1:5010` */
  url: string;
  carrier: Carrier;
  /** Ends open work and connections, and writes the memory where it is kept. */
  stop: () => Promise<void>;
}

/** Starts the simulated carrier on 127.0.0.1. @throws Error when the port is taken or the memory cannot be read. */
export async function startCarrier(
  wanted: CarrierSettings,
  report: (error: unknown) => void,
): Promise<RunningCarrier> {
  const settings = { ...wanted };
  const carrier = createCarrier(settings, report);
  if (settings.memoryFile !== null) {
    const memory = await readMemory(settings.memoryFile);
    if (memory) carrier.store.import(memory);
  }
  const route = createRouter([
    ...twilioRoutes(carrier),
    ...handsetRoutes(carrier),
    ...controlRoutes(carrier),
    ...pageRoutes(),
  ]);
  const server = createServer((request, response) => {
    const answer = async (): Promise<void> => {
      refuseForeignPages(request);
      await route(request, response);
    };
    answer().catch((error: unknown) => sendError(response, error, report));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => reject(plainly(error, settings.port)));
    server.listen(settings.port, '127.0.0.1', resolve);
  });
  settings.port = (server.address() as AddressInfo).port;
  carrier.resume();
  const ticking = tick(carrier);

  const stop = async (): Promise<void> => {
    clearInterval(ticking);
    carrier.events.close();
    await carrier.pending.stop();
    server.closeAllConnections();
    await new Promise<void>((resolve) => server.close(() => resolve()));
    if (settings.memoryFile !== null) await writeMemory(settings.memoryFile, carrier.store.export());
  };
  return { url: `http://127.0.0.1:${String(settings.port)}`, carrier, stop };
}

/** Runs due work at the set interval, as Cloud Scheduler would; a run that is slow is not joined by a second. */
function tick({ dueWork, pending, settings }: Carrier): NodeJS.Timeout | undefined {
  if (settings.dueWorkEverySeconds === 0) return undefined;
  let running = false;
  return setInterval(() => {
    if (running) return;
    running = true;
    pending.run(async () => {
      await dueWork.run();
      running = false;
    });
  }, settings.dueWorkEverySeconds * 1000);
}

function plainly(error: Error, port: number): Error {
  if (!('code' in error) || error.code !== 'EADDRINUSE') return error;
  const message = `Port ${String(port)} is taken. Set PARLEY_PORT_CARRIER to another, or end what has it.`;
  return new Error(message, { cause: error });
}
