/**
 * Resolves once the next frame is drawn: a dialog that was to close has closed and given the focus back, so that the
 * focus can be moved on, and what is announced is no longer behind it, where screen readers do not listen.
 */
export function nextFrame(): Promise<void> {
  return new Promise((resolve) => {
    requestAnimationFrame(() => {
      resolve();
    });
  });
}
