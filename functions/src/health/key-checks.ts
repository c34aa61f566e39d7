import { countSeals } from '../people/users-store.ts';
import type { Config } from '../platform/config.ts';
import type { Database } from '../platform/firestore.ts';
import { fine, warning, wrong, type Check } from './check.ts';

const RUNBOOK = 'functions/docs/runbooks/rotate-keys.md';

/** Which keys of PHONE_KEYS are still in use (PRIV-4): one that is not may leave the ring. A few reads. */
export function keysInUseCheck({
  db,
  config,
}: {
  db: Database;
  config: { secrets: Pick<Config['secrets'], 'phoneKeys'> };
}): Check {
  return {
    id: 'keys-in-use',
    title: 'Keys in use',
    async run() {
      const [newest, ...older] = config.secrets.phoneKeys().map(({ id }) => id);
      const ids = [newest ?? '', ...older];
      const { total, byKey } = await countSeals(db, ids);
      const used = older.filter((id) => (byKey.get(id) ?? 0) > 0);
      const unknown = total - ids.reduce((sum, id) => sum + (byKey.get(id) ?? 0), 0);
      if (unknown > 0) {
        return wrong(
          `Of ${String(total)} numbers, ${String(unknown)} use a key that PHONE_KEYS does not have, or were stored before keys were counted.`,
          `\`npm run migrate\`; if that does not help, bring the key back: see "A key is missing" in functions/docs/runbooks/rotate-keys.md.`,
        );
      }
      if (used.length > 0) {
        const each = used.map((id) => `${id} (${String(byKey.get(id) ?? 0)})`).join(', ');
        return warning(
          `Older keys are still in use: ${each} of ${String(total)}.`,
          `\`npm run keys -- rotate\`; see ${RUNBOOK}.`,
        );
      }
      const idle = older.length === 0 ? '' : ` No number needs ${older.join(', ')} any more.`;
      return fine(`All numbers use the newest key (${newest ?? 'none'}).${idle}`);
    },
  };
}
