import type { AddRoute } from '../route.ts';
import { listAuditRoute } from './list-audit.ts';

/** The audit log, for admins. */
export const auditRoutes: readonly AddRoute[] = [listAuditRoute];
