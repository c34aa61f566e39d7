import type { AddRoute } from '../route.ts';
import { addPersonRoute } from './add-person.ts';
import { changePersonRoute } from './change-person.ts';
import { listConsentRoute } from './list-consent.ts';
import { listPeopleRoute } from './list-people.ts';
import { readPersonRoute } from './read-person.ts';
import { revealNumberRoute } from './reveal-number.ts';
import { searchPeopleRoute } from './search-people.ts';

/** People: reading, writing, and revealing a number. */
export const peopleRoutes: readonly AddRoute[] = [
  listPeopleRoute,
  readPersonRoute,
  searchPeopleRoute,
  addPersonRoute,
  changePersonRoute,
  revealNumberRoute,
  listConsentRoute,
];
