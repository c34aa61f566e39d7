import type { AuditItem, AuditQuery } from '../../../../functions/src/contract/audit.ts';
import type { Page } from '../../../../functions/src/contract/lists.ts';
import { call } from '../../data/http.ts';

export const listAudit = (query: Partial<AuditQuery>, signal?: AbortSignal): Promise<Page<AuditItem>> =>
  call('GET /audit', { query, signal });
