import { api } from './api.js';
import { announce, byId, make } from './dom.js';
import { formatInstant } from './format.js';

/** @typedef {import('./api.js').Run} Run */

/** The clock: due work now, or as if it were later. */
export function setUpClock() {
  const now = byId('run-now', HTMLButtonElement);
  const form = byId('jump', HTMLFormElement);
  const input = byId('jump-to', HTMLInputElement);
  byId('jump-zone', HTMLElement).textContent =
    `Time zone ${Intl.DateTimeFormat().resolvedOptions().timeZone}`;
  input.value = localValue(new Date(Date.now() + 60 * 60 * 1000));

  /** @param {{ run: true } | { jumpTo: string }} what */
  const run = async (what) => {
    now.disabled = true;
    await api.run(what).then(
      () => announce('Due work has run.'),
      (/** @type {Error} */ error) => announce(`Due work did not run: ${error.message}`),
    );
    now.disabled = false;
  };
  now.addEventListener('click', () => void run({ run: true }));
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    if (form.reportValidity()) void run({ jumpTo: new Date(input.value).toISOString() });
  });
}

/** @param {Run[]} runs newest first */
export function showRuns(runs) {
  byId('no-runs', HTMLElement).hidden = runs.length > 0;
  byId('runs', HTMLOListElement).replaceChildren(
    ...runs.map((run) => {
      const item = make('li');
      item.append(make('div', run.jump ? `As of ${formatInstant(run.asOf)}` : formatInstant(run.startedAt)));
      item.append(
        make(
          'div',
          run.error ? `Did not run: ${run.error}` : `Done. ${sentSince(run.sent)}`,
          run.error ? 'hint bad' : 'hint',
        ),
      );
      return item;
    }),
  );
}

/**
 * What is due goes out through a queue, a moment after the run; so this is what was sent since.
 * @param {number} count
 */
function sentSince(count) {
  if (count === 0) return 'No message sent since.';
  return count === 1 ? '1 message sent since.' : `${count} messages sent since.`;
}

/**
 * A time as `datetime-local` takes it, in the viewer's zone.
 * @param {Date} time
 */
function localValue(time) {
  return new Date(time.getTime() - time.getTimezoneOffset() * 60_000).toISOString().slice(0, 19);
}
