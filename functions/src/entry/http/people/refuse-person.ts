import type { AuditContext } from '../../../audit/append.ts';
import type { PersonRefusal } from '../../../people/register-person.ts';
import { AppError } from '../../../platform/errors.ts';
import { recordLookUp } from '../../../team/record-look-up.ts';
import type { ApiDeps } from '../../deps.ts';
import { refuseFields } from '../read-input.ts';
import { refuseNumber } from '../refuse-number.ts';

export const NUMBER_ELSEWHERE = 'This contains a phone number. Enter numbers in the phone number field only.';

/** The id of who has a number already lets the console go there; like any look-up, it is in the audit log first. */
export async function refusePerson(
  deps: ApiDeps,
  audit: AuditContext,
  refusal: PersonRefusal,
): Promise<never> {
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
