/** The form of the stored data that this code writes: the number of migrations there are in functions/cli/migrations. */
export const SCHEMA_VERSION = 5;
