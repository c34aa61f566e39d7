const INVISIBLE = /\p{Default_Ignorable_Code_Point}|\p{Cf}|\u20e3|\u2800/gu;

/**
 * A text without what shows nothing by itself: joiners, soft hyphens, marks of direction, fillers and blanks, and the
 * marks that make an emoji of the digit before them. Spaces stay.
 */
export function withoutInvisible(text: string): string {
  return text.replace(INVISIBLE, '');
}
