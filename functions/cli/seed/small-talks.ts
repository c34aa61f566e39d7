import type { Turn } from './turns.ts';

/** Small talks that many have; each begins on a day of its own. */
export const SMALL_TALKS: readonly (readonly Turn[])[] = [
  [
    { out: 'Hi {name}, this is Harbor Pantry. Can you cover the Saturday morning shift, 9 to 12?' },
    { in: 'Yes, happy to!' },
    { out: 'Wonderful, you are on the list. Please use the side door on Pier Street.', outcome: 'read' },
  ],
  [
    { in: 'What time do you open on Friday?' },
    { out: 'Hi {name}, Friday we are open from 10 am to 4 pm.' },
    { in: 'thank you' },
  ],
  [{ out: 'Reminder: your box is ready for pick-up today until 5 pm.' }, { in: 'On my way' }],
  [{ in: 'Running 15 min late, sorry' }, { out: 'No problem, thanks for telling us.', by: 'owner' }],
  [
    {
      out: 'Thank you for helping on Saturday, {name}! 38 families were served.',
      by: 'owner',
      outcome: 'read',
    },
    { in: 'It was lovely, count me in next time 😊' },
  ],
  [
    { in: 'Do you have diapers size 4?' },
    { out: 'Yes, we put a pack aside for you.' },
    { in: 'You are the best' },
    { in: 'I will come at 3' },
  ],
  [
    { out: 'The freezer delivery moved to Thursday 8 am. Does that still work for you?' },
    { in: 'Thursday is fine' },
  ],
  [
    {
      out: 'Hi {name}, we are short of drivers on Tuesday. Could you take one more route?',
      outcome: 'retried',
    },
    { in: 'Which part of town?' },
    { out: 'Eastside, six stops, about an hour and a half.' },
    { in: 'ok I can do that' },
  ],
  [
    { in: 'Can my sister come too?' },
    { out: 'Of course. She can sign up at the front desk, any ID will do.' },
  ],
  [{ out: 'We close early on Wednesday (2 pm) for stocktaking.' }],
  [{ in: 'Is the parking lot open?' }, { out: 'It is, enter from Mill Lane.', by: 'owner' }],
  [{ out: 'New schedule: kitchen team meets Mondays at 6 pm from now on.', outcome: 'sent' }],
];
