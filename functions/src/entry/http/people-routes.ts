import { pageOf } from '../../contract/lists.ts';
import type { AuditContext } from '../../audit/append.ts';
import {
  peopleQuery,
  peopleSearch,
  person as personSchema,
  personCreate,
  personPatch,
  personPath,
  revealAnswer,
  revealRequest,
} from '../../contract/people.ts';
import { editPerson } from '../../people/edit-person.ts';
import { getPerson } from '../../people/get-person.ts';
import { listPeople } from '../../people/list-people.ts';
import type { RefusedPhoneNumber } from '../../people/phone-number.ts';
import { registerPerson, type PersonRefusal } from '../../people/register-person.ts';
import { revealNumber } from '../../people/reveal-number.ts';
import { searchPeople } from '../../people/search-people.ts';
import { AppError } from '../../platform/errors.ts';
import { recordLookUp } from '../../team/record-look-up.ts';
import type { ApiDeps } from '../deps.ts';
import { admitLookUp } from './look-up.ts';
import { refuseFields } from './read-input.ts';
import type { Api } from './route.ts';

const NUMBER_ELSEWHERE = 'This contains a phone number. Enter numbers in the phone number field only.';

/** People: reading, writing, and revealing a number. */
export function registerPeople(api: Api, deps: ApiDeps): void {
  registerReading(api, deps);
  registerWriting(api, deps);
  registerReveal(api, deps);
}

function registerReading(api: Api, deps: ApiDeps): void {
  api.route({
    method: 'get',
    path: '/people',
    summary: 'People by name, A to Z',
    access: { permission: 'people:read' },
    query: peopleQuery,
    status: 200,
    response: pageOf(personSchema),
    handler: ({ input }) => listPeople(deps, input.query),
  });

  api.route({
    method: 'get',
    path: '/people/{userId}',
    summary: 'One person',
    access: { permission: 'people:read' },
    params: personPath,
    status: 200,
    response: personSchema,
    async handler({ input }) {
      const person = await getPerson(deps.db, input.params.userId);
      if (person === null) throw new AppError('PERSON_NOT_FOUND');
      return person;
    },
  });

  api.route({
    method: 'post',
    path: '/people/search',
    summary: 'People by number, last four digits, or the beginning of a name; by number needs people:lookup',
    access: { permission: 'people:read' },
    body: peopleSearch,
    looksUp: (search) => search.phoneNumber !== undefined || search.last4 !== undefined,
    status: 200,
    response: pageOf(personSchema),
    async handler({ input: { body }, audit }) {
      const result = await searchPeople(deps, body);
      if (!result.ok) return refuseNumber(result.number);
      const [first] = result.page.items;
      if (body.phoneNumber !== undefined)
        await recordLookUp(deps, audit, {
          place: 'people',
          userId: first?.id ?? null,
          found: first !== undefined,
        });
      return result.page;
    },
  });
}

function registerWriting(api: Api, deps: ApiDeps): void {
  api.route({
    method: 'post',
    path: '/people',
    summary: 'Add a person',
    access: { permission: 'people:write' },
    body: personCreate,
    // "Somebody has this number already" answers a look-up too.
    looksUp: () => true,
    status: 201,
    response: personSchema,
    async handler({ input, audit }) {
      const result = await registerPerson(deps, audit, input.body);
      return result.ok ? result.person : refusePerson(deps, audit, result);
    },
  });

  api.route({
    method: 'patch',
    path: '/people/{userId}',
    summary: 'Change the named fields of a person',
    access: { permission: 'people:write' },
    params: personPath,
    body: personPatch,
    looksUp: (patch) => patch.phoneNumber !== undefined,
    status: 200,
    response: personSchema,
    async handler({ input, audit }) {
      const result = await editPerson(deps, audit, input.params.userId, input.body);
      if (result.ok) return result.person;
      if (result.reason === 'not_found') throw new AppError('PERSON_NOT_FOUND');
      return refusePerson(deps, audit, result);
    },
  });
}

function registerReveal(api: Api, deps: ApiDeps): void {
  api.route({
    method: 'post',
    path: '/people/{userId}/reveal',
    summary: "Reveal a person's number; the reason is kept in the audit log",
    access: { permission: 'people:reveal' },
    params: personPath,
    body: revealRequest,
    status: 200,
    response: revealAnswer,
    async handler({ input, caller, audit, now }) {
      await admitLookUp(deps, { caller, audit, now }, 'reveal');
      const result = await revealNumber(deps, audit, input.params.userId, input.body.reason);
      if (result.ok) return { phoneNumber: result.phoneNumber };
      if (result.reason === 'not_found') throw new AppError('PERSON_NOT_FOUND');
      return refuseFields([{ path: 'reason', message: NUMBER_ELSEWHERE }]);
    },
  });
}

function refuseNumber({ problem, message }: RefusedPhoneNumber): never {
  throw new AppError('PHONE_NUMBER_INVALID', {
    message,
    details: [{ path: 'phoneNumber', message, problem }],
  });
}

/** The id of who has a number already lets the console go there; like any look-up, it is in the audit log first. */
async function refusePerson(deps: ApiDeps, audit: AuditContext, refusal: PersonRefusal): Promise<never> {
  switch (refusal.reason) {
    case 'number_invalid':
      return refuseNumber(refusal.number);
    case 'number_taken':
      await recordLookUp(deps, audit, { place: 'people', userId: refusal.userId, found: true });
      throw new AppError('PHONE_NUMBER_TAKEN', { details: { userId: refusal.userId } });
    case 'number_elsewhere':
      return refuseFields(refusal.fields.map((path) => ({ path, message: NUMBER_ELSEWHERE })));
  }
}
