import { z } from 'zod';
import type { Carrier } from '../carrier.ts';
import type { Route } from '../http/router.ts';
import { dialsInput } from '../dials.ts';
import { readJson } from '../http/read-body.ts';
import { pastInput, remember } from '../past.ts';
import { sendJson } from '../http/answers.ts';

const clockInput = z.union(
  [z.strictObject({ run: z.literal(true) }), z.strictObject({ jumpTo: z.iso.datetime({ offset: true }) })],
  'Send {"run": true}, or {"jumpTo": "…"} with an ISO 8601 time and zone.',
);

/** How long `GET /idle` waits at most. */
const IDLE_MS = 20_000;

/** Dials, clock, and what tests look at. */
export function controlRoutes(carrier: Carrier): Route[] {
  const { dials, dueWork, pending, store } = carrier;
  const showDials: Route['handle'] = ({ response }) => sendJson(response, 200, dials.all);
  return [
    { method: 'GET', path: '/dials', handle: showDials },
    {
      method: 'PUT',
      path: '/dials',
      handle: async (exchange) => {
        dials.replace(await readJson(exchange.request, dialsInput));
        await showDials(exchange);
      },
    },
    {
      method: 'PATCH',
      path: '/dials',
      handle: async (exchange) => {
        dials.change(await readJson(exchange.request, dialsInput));
        await showDials(exchange);
      },
    },
    {
      method: 'DELETE',
      path: '/dials',
      handle: (exchange) => {
        dials.replace({});
        return showDials(exchange);
      },
    },
    {
      method: 'GET',
      path: '/clock',
      handle: ({ response }) =>
        sendJson(response, 200, { now: new Date().toISOString(), runs: dueWork.runs }),
    },
    {
      method: 'POST',
      path: '/clock',
      handle: async ({ request, response }) => {
        const input = await readJson(request, clockInput);
        const run = await dueWork.run('jumpTo' in input ? new Date(input.jumpTo) : undefined);
        sendJson(response, run.error === null ? 200 : 502, run);
      },
    },
    {
      method: 'GET',
      path: '/messages',
      handle: ({ response }) => sendJson(response, 200, { messages: store.all(), pending: pending.size }),
    },
    {
      method: 'POST',
      path: '/past',
      handle: async ({ request, response }) => {
        remember((await readJson(request, pastInput)).messages, carrier);
        response.writeHead(204).end();
      },
    },
    {
      method: 'GET',
      path: '/idle',
      handle: async ({ response }) => {
        const { promise: late, resolve } = Promise.withResolvers<void>();
        const timer = setTimeout(resolve, IDLE_MS);
        await Promise.race([pending.idle(), late]);
        clearTimeout(timer);
        sendJson(response, 200, { idle: pending.size === 0 });
      },
    },
    { method: 'GET', path: '/health', handle: ({ response }) => sendJson(response, 200, { status: 'ok' }) },
    { method: 'GET', path: '/events', handle: ({ response }) => carrier.events.open(response) },
  ];
}
