import type { Turn } from './turns.ts';

/** A scene with a time of its own, for what should be seen once. */
export interface Scene {
  /** Last digits of the number. */
  who: string;
  minutesAgo: number;
  turns: readonly Turn[];
}

const LONG_TEXT = [
  'Hi, I wanted to explain why I have missed the last two pick-ups.',
  'My shifts at the hospital were moved to nights, so I sleep when you are open, and the bus that I used to take does not run any more since the bridge is closed.',
  'My neighbor offered to fetch the box for us, but he is not registered and was not sure whether he may.',
  'His name is on the note that I left at your front desk on Monday.',
  'There are five of us now, since my mother came to stay in September; she cannot eat gluten, and the little one still needs formula.',
  'We can return the two crates from last month at the same time.',
  'If the evening opening that you talked about is going to happen, we would be very glad of it, and I could help with unloading on the first Sunday of each month.',
  'Please tell me what you need from us: I have the letter from the school, the lease and the last three pay slips here, and can send photos of any of them.',
  'If it is easier, call the school office before noon and ask for Mrs. Alvarez; she knows our case and said that she would gladly confirm all of it.',
  'Thank you all for what you do, it has made a real difference to us this year.',
].join(' ');

const HOUR = 60;
const DAY = 24 * HOUR;

export const SCENES: readonly Scene[] = [
  {
    who: '0104',
    minutesAgo: 12 * DAY + 190,
    turns: [
      { in: LONG_TEXT },
      {
        out: 'Thank you for writing, {name}. Your neighbor may fetch the box; we have noted his name.',
        by: 'owner',
      },
    ],
  },
  {
    who: '0106',
    minutesAgo: 11 * DAY + 80,
    turns: [
      { in: 'السلام عليكم، متى يمكنني استلام الصندوق؟' },
      { out: 'وعليكم السلام! يمكنك استلامه يوم الخميس من الساعة 10 إلى 4.' },
      { in: 'شكراً جزيلاً 🌷' },
    ],
  },
  {
    who: '0108',
    minutesAgo: 10 * DAY + 300,
    turns: [
      { in: '明日は何時に伺えばよいですか？' },
      { out: 'Tomorrow any time between 10 and 4, see you then!' },
    ],
  },
  {
    who: '0116',
    minutesAgo: 9 * DAY + 45,
    turns: [{ out: 'Hi {name}, your box is ready.', outcome: 'unknown' }],
  },
  { who: '0110', minutesAgo: 9 * DAY + 400, turns: [{ in: 'HELP' }] },
  {
    who: '0102',
    minutesAgo: 8 * DAY + 120,
    turns: [
      { in: '' },
      { out: 'Hi {name}, your text came without any words. Did you mean to send a photo?' },
      { in: 'Pocket, sorry!', replyLost: true },
    ],
  },
  {
    who: '0111',
    minutesAgo: 8 * DAY + 20,
    turns: [{ in: 'Hi, is the Saturday team still going? I may be back in town.' }],
  },
  {
    who: '0113',
    minutesAgo: 7 * DAY + 60,
    turns: [
      { in: 'Today’s soup 🍲👩🏽‍🍳', media: ['image/jpeg', 'image/jpeg'] },
      { out: 'That looks great, {name}!', outcome: 'read', by: 'owner' },
    ],
  },
  {
    who: '0190',
    minutesAgo: 6 * DAY + 500,
    turns: [{ in: 'Hello, is this the pantry? I would like to sign up.' }],
  },
  {
    who: '0112',
    minutesAgo: 6 * DAY + 90,
    turns: [
      { out: 'Hi {name}, we have extra produce today until 6 pm.' },
      { out: 'And bread, as long as it lasts.', outcome: 'blocked' },
      { in: 'STOP' },
    ],
  },
  { who: '0110', minutesAgo: 5 * DAY + 200, turns: [{ in: 'STOP' }] },
  { who: '0110', minutesAgo: 5 * DAY + 170, turns: [{ in: 'START' }, { in: 'wrong button, sorry' }] },
  {
    who: '0191',
    minutesAgo: 4 * DAY + 260,
    turns: [{ in: 'Congratulations! You have been selected. Claim your prize at http://prize.example' }],
  },
  {
    who: '0118',
    minutesAgo: 4 * DAY + 30,
    turns: [{ out: 'Hi {name}, the doctor’s form is ready for you to sign.', outcome: 'unreachable' }],
  },
  {
    who: '0118',
    minutesAgo: 3 * DAY + 1200,
    turns: [
      { out: 'Hi {name}, second try: your form is ready for you to sign.' },
      { in: 'My phone was off. Coming tomorrow.' },
    ],
  },
  {
    who: '0105',
    minutesAgo: 3 * DAY + 100,
    turns: [
      { out: 'FREE groceries!!! Claim yours NOW at http://bit.example/x', outcome: 'filtered' },
      { out: 'Hi {name}, the Wednesday table has free groceries from 2 pm.' },
    ],
  },
  {
    who: '0107',
    minutesAgo: 2 * DAY + 220,
    turns: [
      {
        out: 'Front desk: please print the new sign-up forms.',
        later: { days: 1, time: '08:00', timeZone: 'America/New_York', canceledAfter: 40 },
      },
    ],
  },
  {
    who: '0114',
    minutesAgo: 1 * DAY + 330,
    turns: [
      { in: 'please stop texting me so early' },
      { out: 'Understood, and sorry. We will not text before 9 am. Reply STOP to end all texts.' },
    ],
  },
  {
    who: '0103',
    minutesAgo: 1 * DAY + 180,
    turns: [{ out: 'Hi {name}, can you bring the large pots on Friday?', outcome: 'unconfirmed' }],
  },
  {
    who: '0115',
    minutesAgo: 1 * DAY + 90,
    turns: [{ out: 'Hi {name}, here is the door code for Saturday.', outcome: 'refused' }],
  },
  {
    who: '0115',
    minutesAgo: 7 * HOUR,
    turns: Array.from({ length: 22 }, (_, index): Turn => ({ in: `route note ${String(index + 1)}` })),
  },
  { who: '0192', minutesAgo: 3 * HOUR, turns: [{ in: 'STOP' }] },
  {
    who: '0114',
    minutesAgo: 150,
    turns: [{ out: 'Hi {name}, may we have your name for the members’ list?', outcome: 'barred' }],
  },
  {
    who: '0103',
    minutesAgo: 130,
    turns: [
      {
        out: 'Bonjour {name}! The kitchen team meets at noon today, at the side door.',
        later: { days: 12, time: '09:30', timeZone: 'Europe/Paris' },
        by: 'owner',
      },
    ],
  },
  {
    who: '0109',
    minutesAgo: 95,
    turns: [
      { out: 'Hi {name}, could you take the Eastside route at 4 pm?' },
      { in: '¡Claro que sí! ¿Recojo las cajas a las 3:30?' },
      { out: 'Perfecto, gracias. See you at the loading dock.' },
    ],
  },
  {
    who: '0101',
    minutesAgo: 48,
    turns: [
      { out: 'Good morning {name}, the van is fueled and the list is on the dashboard.', by: 'owner' },
      { in: 'Great, starting in ten' },
      { in: 'All 14 boxes loaded 📦' },
    ],
  },
  {
    who: '0107',
    minutesAgo: 26,
    turns: [
      { in: 'We are out of sign-up forms at the front desk' },
      { out: 'On it, printing 50 more now.', outcome: 'sent' },
    ],
  },
  {
    who: '0118',
    minutesAgo: 21,
    turns: [
      {
        out: 'Good morning {name}, your box is ready today from 10 am to 4 pm.',
        later: { days: 2, time: '09:00', timeZone: 'America/New_York' },
      },
    ],
  },
  { who: '0104', minutesAgo: 14, turns: [{ in: 'Is there formula today?' }] },
  {
    who: '0113',
    minutesAgo: 9,
    turns: [{ out: 'Can the kitchen do 60 portions tonight instead of 45?', outcome: 'accepted' }],
  },
  { who: '0105', minutesAgo: 6, turns: [{ in: 'Merci, tout est bien arrivé ❤️' }] },
  {
    who: '0102',
    minutesAgo: 4,
    turns: [{ out: 'Hi {name}, the truck is here, can you come to the dock?' }],
  },
];
