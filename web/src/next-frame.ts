/**
 * Resolves once what was asked for is on the screen: a dialog that was told to close has closed and given the focus
 * back, so that the focus can be moved on, and what is announced is no longer behind it, where screen readers do not
 * listen.
 */
export function nextFrame(): Promise<void> {
  return new Promise((resolve) => {
    requestAnimationFrame(() => {
      resolve();
    });
  });
}
