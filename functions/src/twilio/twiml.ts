import MessagingResponse from 'twilio/lib/twiml/MessagingResponse.js';

/** What Twilio is to do with an inbound message: answer with `text` and report its delivery to `statusCallback`, or nothing. */
export function twiml(reply: { text: string; statusCallback: string } | null): string {
  const response = new MessagingResponse();
  if (reply !== null) response.message({ statusCallback: reply.statusCallback }, reply.text);
  return response.toString();
}
