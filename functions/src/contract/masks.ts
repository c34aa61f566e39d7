/**
 * Masked numbers, such as `+1 ••• ••• 0143`, as they are shown to who may not see the last digits either. They stand for a
 * person without a name, so any field with a label may hold one.
 */
const MASKED = /(\+\d{1,3} )((?=[\d• ]*•)[\d• ]*\d)/gu;

/** The same text with no digit of a masked number but those of its country code. Everything else stays. */
export function withoutLastDigits(text: string): string {
  return text.replace(MASKED, (_all, country: string, rest: string) => country + rest.replace(/\d/g, '•'));
}

/** A log document as it is stored, with the labels of people so masked; the texts of messages stay as they came. */
export function entryWithoutLastDigits(data: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const masked = (value: unknown) => (typeof value === 'string' ? withoutLastDigits(value) : value);
  return { ...data, sender: masked(data['sender']), recipient: masked(data['recipient']) };
}
