import { describe, expect, test } from 'vitest';
import twilio from 'twilio';
import { readTwiml } from '../carrier/twiml.ts';

const XML = 'text/xml; charset=utf-8';

function bodies(type: string, text: string): string[] | number {
  const answer = readTwiml(type, text);
  return answer.ok ? answer.messages.map(({ body }) => body) : answer.code;
}

describe('DX-3: TwiML is read as Twilio reads it', () => {
  test.each([
    ['nothing', XML, '', []],
    ['an empty response', XML, '<Response/>', []],
    [
      'one with an XML declaration',
      XML,
      '<?xml version="1.0" encoding="UTF-8"?>\n<Response><Message>Hi</Message></Response>',
      ['Hi'],
    ],
    [
      'two messages in order',
      'application/xml',
      '<Response><Message>One</Message><Message>Two</Message></Response>',
      ['One', 'Two'],
    ],
    [
      'a body noun',
      XML,
      '<Response><Message><Body>Hi</Body><Media>https://example.com/a.png</Media></Message></Response>',
      ['Hi'],
    ],
    [
      'entities and CDATA',
      XML,
      '<Response><Message>a &amp; b &lt; c &#128075; <![CDATA[<d>]]></Message></Response>',
      ['a & b < c 👋 <d>'],
    ],
    ['plain text', 'text/plain', 'Just words', ['Just words']],
    ['HTML’s content type', 'text/html', '<Response><Message>Hi</Message></Response>', ['Hi']],
    [
      'a comment within',
      XML,
      '<Response><!-- note --><Message>Hi<!-- there --></Message></Response>',
      ['Hi'],
    ],
    ['no content type', '', '<Response/>', 12300],
    ['another root', XML, '<response><Message>Hi</Message></response>', 12100],
    ['tags that cross', XML, '<Response><Message>Hi</Response></Message>', 12100],
    ['an attribute without quotes', XML, '<Response><Message to=1>Hi</Message></Response>', 12100],
    ['two roots', XML, '<Response/><Response/>', 12100],
    ['an unknown entity', XML, '<Response><Message>&nope;</Message></Response>', 12100],
    ['words', XML, 'Hello', 12100],
  ])('DX-3: reads %s as Twilio does', (_name, type, text, expected) => {
    expect(bodies(type, text)).toEqual(expected);
  });

  test('DX-3: follows no external entities in TwiML', () => {
    expect(
      bodies(
        XML,
        '<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><Response><Message>&x;</Message></Response>',
      ),
    ).toEqual(12100);
  });

  test('DX-3: reads the TwiML that the SDK writes, with every attribute', () => {
    const response = new twilio.twiml.MessagingResponse();
    response.message(
      {
        to: '+12025550102',
        from: '+15005550006',
        action: 'https://example.com/a?b=1&c=2',
        statusCallback: '/status',
        method: 'POST',
      },
      'Hi "there" & <you>',
    );
    expect(readTwiml(XML, response.toString())).toEqual({
      ok: true,
      warnings: [],
      messages: [
        {
          body: 'Hi "there" & <you>',
          to: '+12025550102',
          from: '+15005550006',
          action: 'https://example.com/a?b=1&c=2',
          statusCallback: '/status',
          method: 'POST',
        },
      ],
    });
  });
});
