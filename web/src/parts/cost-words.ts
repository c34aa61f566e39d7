import { SEGMENT_MICROS } from '../../../functions/src/contract/limits.ts';

const dollars = new Intl.NumberFormat('en-US', {
  style: 'currency',
  currency: 'USD',
  minimumFractionDigits: 3,
  maximumFractionDigits: 3,
});

/** What so many segments cost at the carrier's list price: `About $0.008`. */
export function costWords(segments: number): string {
  return `About ${dollars.format((segments * SEGMENT_MICROS) / 1_000_000)}`;
}
