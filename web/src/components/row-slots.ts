/** Up to so many rows are all in the page, where the browser's own search finds them. */
export const WHOLE = 100;

/** A row of the page, by its place in the list; `gap` is the height of the rows between it and the one before. */
export interface Slot {
  index: number;
  gap: number;
}

/** The rows to draw, and the height of those that come after the last. */
export interface Slots {
  slots: readonly Slot[];
  after: number;
}

/** All rows, or the first ones while what chooses among many is loaded. */
export function firstSlots(count: number, most: number): Slots {
  return {
    slots: Array.from({ length: Math.min(count, most) }, (_, index) => ({ index, gap: 0 })),
    after: 0,
  };
}
