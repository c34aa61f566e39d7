import { describe, expect, test } from 'vitest';
import { detectKeyword } from '../../functions/src/inbound/keywords.ts';
import { EVERYDAY } from './wordings/everyday.ts';
import { REQUESTS } from './wordings/requests.ts';
import { SPANISH_EVERYDAY, SPANISH_REQUESTS } from './wordings/spanish.ts';
import { STOP_WORDS } from './wordings/stop-words.ts';

/** The texts that are read as something else, each with what it is read as. */
function otherwise(texts: readonly string[], wanted: string | null): [text: string, read: string | null][] {
  return texts
    .map((text): [string, string | null] => [text, detectKeyword(text, null)])
    .filter(([, read]) => read !== wanted);
}

describe('IN-7: keywords as carriers know them', () => {
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
    ['ALTO', 'stop'],
    ['Parar', 'stop'],
    ['START', 'start'],
    ['yes', 'start'],
    ['Ｙｅｓ', 'start'],
    ['\u200bSTART\u200b', 'start'],
    ['UNSTOP', 'start'],
    ['HELP', 'help'],
    ['info?', 'help'],
  ])('%j alone is %s', (body, keyword) => {
    expect(detectKeyword(body, null)).toBe(keyword);
  });

  test.each([
    'yes please',
    'Yes 👍',
    'start please',
    'YES YES',
    'start, thanks',
    'y e s',
    'help me',
    'help please',
  ])('%j neither opts in nor asks the carrier for help: those words are never read loosely', (body) => {
    expect(detectKeyword(body, null)).toBeNull();
  });

  test.each([
    ['anything', 'STOP', 'stop'],
    ['STOP', 'START', 'start'],
    ['please stop texting me', 'HELP', 'help'],
    ['hello', ' help ', 'help'],
    ['STOP', 'SOMETHING_NEW', 'stop'],
    ['hello', 'constructor', null],
  ])("for %j Twilio's own verdict %j gives %j", (body, verdict, keyword) => {
    expect(detectKeyword(body, verdict)).toBe(keyword);
  });

  test.each(['constructor', '__proto__', 'toString', 'hasOwnProperty'])('%j is no keyword', (body) => {
    expect(detectKeyword(body, null)).toBeNull();
  });
});

describe('IN-7: opt-outs in other words, by a table of wordings', () => {
  test('224 of 224 stop words in disguise opt out', () => {
    expect(otherwise(STOP_WORDS, 'stop')).toEqual([]);
    expect(STOP_WORDS).toHaveLength(224);
  });

  test('454 of 454 requests in other words, English and Spanish, are flagged and opt nobody out by themselves', () => {
    const requests = [...REQUESTS, ...SPANISH_REQUESTS];
    expect(otherwise(requests, 'revocation')).toEqual([]);
    expect(requests).toHaveLength(454);
  });

  test('of 496 everyday texts, negations and quotations none opts out, and 1 is flagged without need', () => {
    const everyday = [...EVERYDAY, ...SPANISH_EVERYDAY];
    expect(otherwise(everyday, null)).toEqual([['Stop #12', 'revocation']]);
    expect(everyday).toHaveLength(496);
  });
});

describe('IN-7: stop words of other languages', () => {
  test.each([
    ['ARRÊT', 'stop'],
    ['arret svp', null],
    ['Arrêt, please!', 'stop'],
    ['стоп', 'stop'],
    ['СТОП 🛑', 'stop'],
    ['停止', 'stop'],
    ['Dar de baja, gracias', 'stop'],
    ['l’arrêt de bus', null],
  ])('with arrêt, стоп, 停止 and "dar de baja" in the settings, %j is %s', (body, keyword) => {
    expect(detectKeyword(body, null, ['arrêt', 'стоп', '停止', 'dar de baja'])).toBe(keyword);
  });

  test('without the setting they are ordinary texts', () => {
    expect(['ARRÊT', 'стоп', '停止'].map((body) => detectKeyword(body, null))).toEqual([null, null, null]);
  });
});

test('IN-7: reading grows with the length of the text and no faster: 10,000 characters take few steps', () => {
  const hard = [
    'stop ',
    "don't want to ",
    's t o p ',
    '-- ',
    '"',
    "' a' ",
    'i said you ',
    'no ',
    'stopstop',
    '\ufdfa',
    'the ',
  ];
  for (const piece of hard) {
    const text = piece.repeat(Math.ceil(10_000 / piece.length));
    // A pattern that tried every split would not end within the time of a test.
    expect(['stop', 'revocation', null]).toContain(detectKeyword(text, null));
  }
});
