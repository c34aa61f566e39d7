import { DOMParser, ParseError, type Element, type Node } from '@xmldom/xmldom';

/** One `<Message>` of an answer; addresses are as they were written, maybe relative. */
export interface TwimlMessage {
  body: string;
  to: string | null;
  from: string | null;
  action: string | null;
  statusCallback: string | null;
  method: string;
}

export type TwimlAnswer =
  { ok: true; messages: TwimlMessage[]; warnings: string[] } | { ok: false; code: number; message: string };

/** Twilio reads at most this much TwiML. */
export const MAX_TWIML_BYTES = 64 * 1024;

const XML_TYPES = new Set(['text/xml', 'application/xml', 'text/html']);

/**
 * Reads what a webhook answered: TwiML, or a bare text (`text/plain`), or nothing. The codes of failures are Twilio's:
 * 12300 for a content type that it does not take, 12100 for a document that cannot be parsed or is not TwiML.
 */
export function readTwiml(contentType: string, text: string): TwimlAnswer {
  const type = contentType.split(';', 1)[0]?.trim().toLowerCase() ?? '';
  if (text.trim() === '') return { ok: true, messages: [], warnings: [] };
  if (type === 'text/plain') return { ok: true, messages: [messageOf(text, () => null)], warnings: [] };
  if (!XML_TYPES.has(type))
    return { ok: false, code: 12300, message: `Invalid Content-Type: ${type || 'none'}` };

  const root = parse(text);
  if (root?.nodeName !== 'Response') return { ok: false, code: 12100, message: 'Document parse failure' };
  const verbs = elementsOf(root);
  return {
    ok: true,
    messages: verbs.filter((verb) => verb.nodeName === 'Message').map(readMessage),
    warnings: verbs
      .filter((verb) => verb.nodeName !== 'Message')
      .map((verb) => `12200: <${verb.nodeName}> is not a verb that this carrier knows`),
  };
}

function parse(text: string): Element | null {
  try {
    const parser = new DOMParser({
      // Its warnings, too, are of documents that are not well-formed.
      onError: (_level, message) => {
        throw new ParseError(message);
      },
    });
    return parser.parseFromString(text.trim(), 'text/xml').documentElement;
  } catch (error) {
    if (error instanceof ParseError) return null;
    throw error;
  }
}

/** The text of `<Body>` children where there are any, else the text of the verb itself. */
function readMessage(verb: Element): TwimlMessage {
  const bodies = elementsOf(verb).filter((noun) => noun.nodeName === 'Body');
  const text = bodies.length > 0 ? bodies.map((noun) => noun.textContent ?? '').join('') : ownText(verb);
  return messageOf(text, (name) => verb.getAttribute(name));
}

function messageOf(text: string, attribute: (name: string) => string | null): TwimlMessage {
  return {
    body: text.trim(),
    to: attribute('to'),
    from: attribute('from'),
    action: attribute('action'),
    statusCallback: attribute('statusCallback'),
    method: attribute('method') ?? 'POST',
  };
}

function ownText(element: Element): string {
  return nodesOf(element)
    .filter((node) => node.nodeType === node.TEXT_NODE || node.nodeType === node.CDATA_SECTION_NODE)
    .map((node) => node.nodeValue ?? '')
    .join('');
}

function elementsOf(element: Element): Element[] {
  return nodesOf(element).filter((node): node is Element => node.nodeType === node.ELEMENT_NODE);
}

function nodesOf(element: Element): Node[] {
  return Array.from(element.childNodes);
}
