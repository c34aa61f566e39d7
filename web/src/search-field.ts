/** The first search field on screen, going through shadow roots. */
export function searchField(root: ParentNode): HTMLInputElement | null {
  for (const element of root.querySelectorAll('*')) {
    if (element instanceof HTMLInputElement && element.type === 'search' && element.checkVisibility())
      return element;
    const within = element.shadowRoot && searchField(element.shadowRoot);
    if (within) return within;
  }
  return null;
}
