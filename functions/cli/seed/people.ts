import type { PersonCreate } from '../../src/contract/people.ts';
import type { Role } from '../../src/contract/permissions.ts';

/** The demo team, one of each of the three usual roles; all have the same password. */
export const DEMO_PASSWORD = 'parley-demo-2026';
export const DEMO_OPERATORS = [
  { email: 'owner@example.com', name: 'Maya Lindqvist', role: 'owner' },
  { email: 'operator@example.com', name: 'Tom Reyes', role: 'operator' },
  { email: 'viewer@example.com', name: 'Ines Park', role: 'viewer' },
] as const satisfies readonly { email: string; name: string; role: Role }[];

/** A demo person; `phoneNumber` is of the range that is kept free for fiction. */
export interface DemoPerson extends Partial<Omit<PersonCreate, 'phoneNumber'>> {
  phoneNumber: string;
  /** Days before now. */
  added: number;
  suppressed?: string;
}

/** The volunteers and neighbours of a small food pantry. */
export const DEMO_PEOPLE: readonly DemoPerson[] = [
  {
    phoneNumber: '+12025550101',
    firstName: 'Amara',
    lastName: 'Okafor',
    tags: ['volunteer', 'driver'],
    notes: 'Has the van on Tuesdays and Fridays.',
    timeZone: 'America/New_York',
    language: 'en-US',
    customFields: { team: 'Deliveries', license: 'Class B' },
    added: 212,
  },
  {
    phoneNumber: '+12025550102',
    firstName: 'Björn',
    lastName: 'Åkesson',
    tags: ['volunteer'],
    notes: 'Speaks Swedish and German.',
    timeZone: 'America/New_York',
    language: 'sv-SE',
    added: 190,
  },
  {
    phoneNumber: '+12025550103',
    firstName: 'Chloé',
    lastName: 'Dubois-Martin',
    tags: ['volunteer', 'kitchen'],
    language: 'fr-FR',
    added: 181,
  },
  {
    phoneNumber: '+12025550104',
    firstName: 'Daniel',
    lastName: 'Kim',
    tags: ['member'],
    notes: 'Box for four. Allergic to peanuts.',
    added: 160,
  },
  {
    phoneNumber: '+12025550105',
    firstName: 'Élise',
    lastName: 'Nguyễn',
    tags: ['member', 'priority'],
    timeZone: 'America/New_York',
    added: 155,
  },
  {
    phoneNumber: '+12025550106',
    firstName: 'فاطمة',
    lastName: 'الزهراء',
    tags: ['member'],
    language: 'ar',
    notes: 'Fatima; prefers texts in Arabic.',
    added: 149,
  },
  {
    phoneNumber: '+12025550107',
    firstName: 'Grace',
    lastName: 'O’Connor',
    tags: ['volunteer', 'front desk'],
    customFields: { team: 'Front desk' },
    added: 131,
  },
  {
    phoneNumber: '+12025550108',
    firstName: '宏',
    lastName: '田中',
    tags: ['member'],
    language: 'ja-JP',
    notes: 'Hiroshi Tanaka.',
    added: 120,
  },
  {
    phoneNumber: '+12025550109',
    firstName: 'Inés',
    lastName: 'García Márquez',
    tags: ['volunteer', 'driver'],
    language: 'es-US',
    added: 97,
  },
  { phoneNumber: '+12025550110', firstName: 'Jakub', lastName: 'Żółkiewski', tags: ['member'], added: 88 },
  {
    phoneNumber: '+12025550111',
    firstName: 'Leila',
    lastName: 'Haddad',
    tags: ['volunteer'],
    status: 'inactive',
    notes: 'Moved to Chicago in spring.',
    timeZone: 'America/Chicago',
    added: 240,
  },
  { phoneNumber: '+12025550112', firstName: 'Marcus', lastName: 'Webb', tags: ['member'], added: 74 },
  {
    phoneNumber: '+12025550113',
    firstName: 'Noa',
    lastName: 'Ben-David',
    tags: ['volunteer', 'kitchen'],
    added: 61,
  },
  {
    phoneNumber: '+12025550114',
    tags: ['member'],
    notes: 'Signed up at the door; ask for the name.',
    added: 33,
  },
  {
    phoneNumber: '+12025550115',
    firstName: 'Priya',
    lastName: 'Raghunathan',
    tags: ['volunteer', 'priority'],
    language: 'en-US',
    added: 47,
  },
  {
    phoneNumber: '+12025550116',
    firstName: 'Samuel',
    lastName: 'Adeyemi-Clarke',
    tags: ['member'],
    suppressed: 'This number does not exist or is no longer in use.',
    added: 140,
  },
  {
    phoneNumber: '+12025550117',
    firstName: 'Tomás',
    lastName: 'Ferreira',
    tags: ['driver'],
    status: 'inactive',
    added: 201,
  },
  {
    phoneNumber: '+12025550118',
    firstName: 'Wilhelmina',
    lastName: 'van der Berg',
    tags: ['member', 'priority'],
    timeZone: 'America/New_York',
    added: 29,
  },
];

/** Numbers that texted without being registered. */
export const STRANGERS = ['+12025550190', '+12025550191', '+12025550192'] as const;
