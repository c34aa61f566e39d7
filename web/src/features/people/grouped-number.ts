/** The number in the groups of its mask (`+1 ••• ••• 0143` -> `+1 202 555 0143`); as it is where the two do not fit. */
export function groupedNumber(e164: string, mask: string): string {
  const digits = [...e164.replace(/\D/g, '')];
  if (mask.replace(/[^\d•]/g, '').length !== digits.length) return e164;
  return mask.replace(/[\d•]/g, () => digits.shift() ?? '');
}
