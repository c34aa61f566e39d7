import { z } from 'zod';
import { opaqueId } from '../../../contract/lists.ts';

export const messagePath = z.object({ messageId: opaqueId });
