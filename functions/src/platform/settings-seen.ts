/**
 * Whether settings are still as their changer saw them: `seen` is the `updatedAt` that they were shown, null for never
 * changed, undefined for whoever does not care.
 */
export function isAsSeen(
  { updatedAt }: { readonly updatedAt: Date | null },
  seen: string | null | undefined,
): boolean {
  if (seen === undefined) return true;
  return seen === null ? updatedAt === null : updatedAt?.getTime() === Date.parse(seen);
}
