import { OUTGOING_STATUSES } from '../../functions/src/contract/delivery.ts';
import { MOVERS, STATES } from '../../functions/src/outbox/delivery-status.ts';

/** The table of states as a Mermaid drawing, one arrow for each pair of states, named by who may go there. */
export function drawStates(): string {
  const arrows = OUTGOING_STATUSES.flatMap((from) =>
    OUTGOING_STATUSES.flatMap((to) => {
      const movers = MOVERS.filter((mover) => STATES[from][mover].includes(to));
      return movers.length === 0 ? [] : [`  ${from} --> ${to}: ${movers.join(', ')}`];
    }),
  );
  const ends = OUTGOING_STATUSES.filter((status) =>
    MOVERS.every((mover) => STATES[status][mover].length === 0),
  );
  const begins = ['scheduled', 'held', 'queued'].map((status) => `  [*] --> ${status}: operator`);
  return [
    'stateDiagram-v2',
    ...begins,
    '  [*] --> sending: automatic reply',
    ...arrows,
    ...ends.map((status) => `  ${status} --> [*]`),
  ].join('\n');
}
