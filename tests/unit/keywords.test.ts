import { describe, expect, test } from 'vitest';
import { detectKeyword } from '../../functions/src/messaging/keywords.ts';

describe('IN-7: keywords', () => {
  test.each([
    ['STOP', 'stop'],
    ['stop', 'stop'],
    [' Stop.\n', 'stop'],
    ['STOPALL', 'stop'],
    ['Unsubscribe', 'stop'],
    ['CANCEL', 'stop'],
    ['END', 'stop'],
    ['quit!', 'stop'],
    ['REVOKE', 'stop'],
    ['OPTOUT', 'stop'],
    ['START', 'start'],
    ['yes', 'start'],
    ['UNSTOP', 'start'],
    ['HELP', 'help'],
    ['info?', 'help'],
  ])('%j alone is %s', (body, keyword) => {
    expect(detectKeyword(body, null)).toBe(keyword);
  });

  test.each([
    '',
    '   ',
    'Stopping by at five',
    'yes please',
    'the end is near',
    "don't stop",
    'constructor',
    '__proto__',
    'STOP it',
  ])('%j asks for nothing', (body) => {
    expect(detectKeyword(body, null)).toBeNull();
  });

  test.each([
    'please stop texting me',
    'Stop messaging me!!',
    "Don't text me again",
    'don’t contact this number',
    'take me off your list',
    'Remove my number please',
    'I want to opt out',
    'please opt me out',
    'no more texts',
    'leave me alone',
    'you have the wrong number',
  ])('%j is flagged as a revocation in free words', (body) => {
    expect(detectKeyword(body, null)).toBe('revocation');
  });

  test.each([
    ['anything', 'STOP', 'stop'],
    ['STOP', 'START', 'start'],
    ['hello', 'help', 'help'],
    ['STOP', 'SOMETHING_NEW', 'stop'],
    ['hello', 'constructor', null],
  ])("for %j Twilio's own verdict %j gives %j", (body, verdict, keyword) => {
    expect(detectKeyword(body, verdict)).toBe(keyword);
  });
});
