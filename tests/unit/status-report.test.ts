import { expect, test } from 'vitest';
import type { StatusReport } from '../../functions/src/carrier/webhook.ts';
import { eventOf as eventBy } from '../../functions/src/outbox/status-report.ts';
import { twilioCodes } from '../../functions/src/twilio/codes.ts';

const eventOf = (given: StatusReport) => eventBy(given, twilioCodes);

const report: StatusReport = {
  messageId: 'm_1',
  sid: 'SM1',
  status: 'delivered',
  errorCode: null,
  price: null,
};

test.each([
  ['delivered', 'delivered'],
  ['DELIVERED', 'delivered'],
  [' Delivered ', 'delivered'],
  ['Undelivered', 'undelivered'],
  ['Scheduled', 'accepted'],
])('OUT-7: the status %j is read as %s', (status, read) => {
  expect(eventOf({ ...report, status })).toMatchObject({ type: 'reported', status: read });
});

test.each([
  ['', 'The carrier reported an unknown status: none.'],
  ['foo', 'The carrier reported an unknown status: “foo”.'],
  ['received', 'The carrier reported an unknown status: “received”.'],
  ['constructor', 'The carrier reported an unknown status: “constructor”.'],
  ['to +12025550143', 'The carrier reported an unknown status: one that is not shown.'],
  ['x'.repeat(90), `The carrier reported an unknown status: “${'x'.repeat(40)}”.`],
])('OUT-7: the status %j is only written down', (status, note) => {
  expect(eventOf({ ...report, status, errorCode: 30003 })).toEqual({
    type: 'remarked',
    note,
    errorCode: 30003,
  });
});

test('OUT-7: a report without a message ID of the carrier moves nothing, since it may be of another message', () => {
  expect(eventOf({ ...report, sid: '' })).toEqual({
    type: 'remarked',
    note: 'The carrier reported delivered, but for no message ID.',
    errorCode: null,
  });
});

test('OUT-4: an error code that cannot be read is shown in the reason', () => {
  expect(eventOf({ ...report, status: 'failed', oddErrorCode: 'E-1' })).toMatchObject({
    type: 'reported',
    status: 'failed',
    errorCode: null,
    reason: 'The carrier gave an unknown error code: “E-1”.',
  });
});
