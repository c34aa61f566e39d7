import { connect, createServer } from 'node:net';
import { Problem } from './problem.ts';

/** The parts of a running Parley that listen on an address. */
export const services = ['hosting', 'functions', 'firestore', 'auth', 'tasks', 'carrier'] as const;
export type Service = (typeof services)[number];
export type Ports = Readonly<Record<Service, number>>;

/** Ports that only the emulators use among themselves. */
const innerServices = ['hub', 'logging', 'eventarc', 'websocket'] as const;
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
  const entries: [Name, number][] = [];
  for (const name of names) entries.push([name, await freePort()]);
  return Object.fromEntries(entries) as Record<Name, number>;
}

/**
 * Below the ports that systems give out by themselves (Linux from 32768 on, others from 49152): a part of a run listens
 * many seconds after its port was picked, and by then such a port may be another program's.
 */
const FIRST_PORT = 20_000;
/** A prime, so that runs beside each other begin far apart. */
const PORTS = 12_007;
let offset = (process.pid * 61) % PORTS;

/** Never the same twice in one process. */
async function freePort(): Promise<number> {
  for (let tries = 0; tries < PORTS; tries += 1) {
    const port = FIRST_PORT + offset;
    offset = (offset + 1) % PORTS;
    if (await isFree(port)) return port;
  }
  throw new Error('No port from 20000 on is free.');
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

function close(server: Server): Promise<void> {
  return new Promise((resolve) => server.close(() => resolve()));
}
