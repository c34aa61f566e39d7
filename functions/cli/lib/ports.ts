import { randomInt } from 'node:crypto';
import { connect, createServer } from 'node:net';
import { Problem } from './problem.ts';

/** The parts of a running Parley that listen on an address. */
export const services = ['hosting', 'functions', 'firestore', 'auth', 'tasks', 'carrier'] as const;
export type Service = (typeof services)[number];
export type Ports = Readonly<Record<Service, number>>;

/** Ports that only the emulators use among themselves. */
export const innerServices = ['hub', 'logging', 'eventarc', 'websocket'] as const;
export type InnerPorts = Readonly<Record<(typeof innerServices)[number], number>>;

export const host = '127.0.0.1';

const defaults: Ports = {
  hosting: 5000,
  functions: 5001,
  firestore: 8080,
  auth: 9099,
  tasks: 9499,
  carrier: 5010,
};

/** The variable that moves a service to another port, such as `PARLEY_PORT_HOSTING`. */
export function portVariable(service: Service): string {
  return `PARLEY_PORT_${service.toUpperCase()}`;
}

/** The ports of `npm start`: the documented ones, each overridden by its variable. */
export function portsFrom(environment: NodeJS.ProcessEnv): Ports {
  const entries = services.map((service) => [service, portFrom(environment, service)]);
  return Object.fromEntries(entries) as Record<Service, number>;
}

function portFrom(environment: NodeJS.ProcessEnv, service: Service): number {
  const text = environment[portVariable(service)];
  if (text === undefined || text === '') return defaults[service];
  const port = Number(text);
  if (Number.isInteger(port) && port > 0 && port < 65_536) return port;
  throw new Problem(`${portVariable(service)} is "${text}".`, 'It must be a port number from 1 to 65535.');
}

/** Refuses with the port that is taken and the variable that moves its service. */
export async function refuseBusyPorts(ports: Ports): Promise<void> {
  for (const service of services) {
    const port = ports[service];
    if (await isFree(port)) continue;
    throw new Problem(
      `Port ${port} (${service}) is taken by another program.`,
      `Stop that program, or take another port: ${portVariable(service)}=${await freePort()} npm start`,
    );
  }
}

/** Free ports for a run beside others. */
export async function freePorts(): Promise<Ports> {
  return pick(services);
}

/** Free ports for what only the emulators use among themselves. */
export async function freeInnerPorts(): Promise<InnerPorts> {
  return pick(innerServices);
}

async function pick<Name extends string>(names: readonly Name[]): Promise<Record<Name, number>> {
  // All are held open until the last is known, so that none is picked twice.
  const held: Server[] = [];
  while (held.length < names.length) held.push(await listenSomewhere());
  const entries = held.map((server, index) => [names[index], portOf(server)]);
  await Promise.all(held.map(close));
  return Object.fromEntries(entries) as Record<Name, number>;
}

async function freePort(): Promise<number> {
  const server = await listenSomewhere();
  const port = portOf(server);
  await close(server);
  return port;
}

/**
 * Below what systems hand out by themselves (from 32768 on Linux, 49152 elsewhere): a port that is picked now and used
 * seconds later would otherwise go to some connection or server of another test in between.
 */
const firstPort = 20_000;
const lastPort = 32_000;

async function listenSomewhere(): Promise<Server> {
  for (let tries = 0; tries < 100; tries += 1) {
    const server = await listen(randomInt(firstPort, lastPort)).catch(() => null);
    if (server !== null) return server;
  }
  throw new Problem(
    `No free port was found between ${firstPort} and ${lastPort}.`,
    'Stop programs that are left over from earlier runs.',
  );
}

/** Whether something listens on a port. */
export function listens(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, host);
    const settle = (answer: boolean) => {
      socket.destroy();
      resolve(answer);
    };
    socket.once('connect', () => settle(true)).once('error', () => settle(false));
  });
}

async function isFree(port: number): Promise<boolean> {
  try {
    await close(await listen(port));
    return true;
  } catch {
    return false;
  }
}

type Server = ReturnType<typeof createServer>;

function listen(port: number): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(port, host, () => resolve(server));
  });
}

function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('A listening server has no port.');
  return address.port;
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => server.close(() => resolve()));
}
