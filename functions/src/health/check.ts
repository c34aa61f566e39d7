import type { Finding } from '../contract/health.ts';

/** What a check found. Neither text may hold a phone number or a secret; `mend` says what to do, with the command. */
export type Verdict =
  { level: 'ok'; detail: string; mend: null } | { level: 'warning' | 'error'; detail: string; mend: string };

/** One thing that the doctor looks at (OPS-2). A check that throws counts as an error and hides no other. */
export interface Check {
  id: Finding['id'];
  title: string;
  run(): Promise<Verdict> | Verdict;
}

export function fine(detail: string): Verdict {
  return { level: 'ok', detail, mend: null };
}

/** It works, but somebody should know. */
export function warning(detail: string, mend: string): Verdict {
  return { level: 'warning', detail, mend };
}

/** It does not work, or is not safe. */
export function wrong(detail: string, mend: string): Verdict {
  return { level: 'error', detail, mend };
}
