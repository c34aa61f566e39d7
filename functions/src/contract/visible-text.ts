/**
 * Code points that leave nothing on a screen: white space, controls, format characters, private and unassigned ones,
 * variation selectors, tags and fillers (Unicode's Default_Ignorable_Code_Point), and marks, which need something to stand
 * on. The last five are letters and symbols by category that are drawn as nothing: the blank Braille pattern, the musical
 * null note head, the object replacement character, and two blank hieroglyphs.
 */
const BLANK =
  /[\p{White_Space}\p{Default_Ignorable_Code_Point}\p{C}\p{M}\p{Z}\u2800\u{1d159}\ufffc\u{13441}\u{13442}]/u;

/** Pictographs, with those that this Unicode version only reserves: newer phones write some of them. */
const PICTOGRAPH = /\p{Extended_Pictographic}/u;

/** Whether a reader sees anything of a text. */
export function hasVisibleText(text: string): boolean {
  for (const character of text) if (!BLANK.test(character) || PICTOGRAPH.test(character)) return true;
  return false;
}
