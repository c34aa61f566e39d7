import { z } from 'zod';
import { instant } from './lists.ts';

/** Public: says that Parley runs and can reach its store; tells nothing that helps an attacker. */
export const healthAnswer = z.object({ status: z.enum(['ok', 'degraded']), time: instant });
export type HealthAnswer = z.infer<typeof healthAnswer>;

/** One line of the doctor (OPS-2). `mend` says how to put it right; null when nothing is wrong. */
const finding = z.object({
  id: z.string(),
  title: z.string(),
  level: z.enum(['ok', 'warning', 'error']),
  detail: z.string(),
  mend: z.string().nullable(),
});
export type Finding = z.infer<typeof finding>;

export const findingsAnswer = z.object({ checkedAt: instant, findings: z.array(finding) });
export type FindingsAnswer = z.infer<typeof findingsAnswer>;
