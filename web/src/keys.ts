/** What is read of a keyboard event. */
interface Pressed {
  readonly key: string;
  readonly isComposing: boolean;
  /** 229 while an input method has the key; the only sign of it in Safari, for the key that ends a composition. */
  readonly keyCode: number;
}

/**
 * The key of an event; null while an input method composes (Japanese, Chinese, Korean, accents), when Enter, Escape and
 * the arrows belong to it. Every handler reads the key through this.
 */
export function keyOf(event: Pressed): string | null {
  return event.isComposing || event.keyCode === 229 ? null : event.key;
}

/** The same for shortcuts of one key: null with a modifier as well, and where the key writes or chooses something. */
export function shortcutOf(event: KeyboardEvent): string | null {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return null;
  const [target] = event.composedPath();
  const writes =
    target instanceof HTMLElement &&
    (target.isContentEditable || target.matches('input, textarea, select, [role="option"]'));
  return writes ? null : keyOf(event);
}
