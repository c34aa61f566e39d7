import type { ErrorCode } from '../contract/errors.ts';

/** A request as it came: nothing of it is believed before the carrier's signature is checked. */
export interface RawRequest {
  /** The configured address with the path and query that were asked for, never what the request says of its host (IN-1). */
  url: string;
  /** The query alone, as it was sent, with its question mark, or `''`. */
  search: string;
  /** Media type in lower case, without parameters. */
  contentType: string;
  contentEncoding: string;
  header(name: string): string | undefined;
  rawBody: Buffer;
}

/** One incoming message, already known to be signed by the carrier. */
export interface InboundMessage {
  /** The carrier's message ID, which every repeated delivery carries again; can be the ID of a document. */
  sid: string;
  /** As the carrier writes it: E.164 for phones, but also short codes, names and anything else; `''` where it gave none. */
  from: string;
  body: string;
  /** The carrier's count, or null where it gave none that can be read. */
  segments: number | null;
  media: readonly { contentType: string }[];
  optOutType: string | null;
  /** What of the request could not be read, by part: `sender`, `segments` and so on; each as it may be kept. */
  irregular?: Readonly<Record<string, string>>;
}

/** One report on an outgoing message, already known to be signed by the carrier. */
export interface StatusReport {
  /** Our own ID, out of the callback's address; `''` where it has none that can be read. */
  messageId: string;
  /** The carrier's ID of the message; `''` where it gave none that can be read. */
  sid: string;
  /** As the carrier writes it; `CarrierCodes.status` reads it. */
  status: string;
  errorCode: number | null;
  /** What stands in the place of the error code where that cannot be read. */
  oddErrorCode?: string | null;
  price: { amount: string; currency: string } | null;
}

/** A keyed hash, for what names a message and cannot stand in a document. */
export type Hash = (text: string) => string;

/** A request that the carrier has signed: only such a one can be read. What cannot be read of it is left empty. */
export interface SignedRequest {
  /** Throws BAD_REQUEST where there is no message ID, since nothing could tell the message from its repetition. */
  inbound(hash: Hash): InboundMessage;
  status(hash: Hash): StatusReport;
}

/** `code`: what the request is answered with; `message` where the list of errors does not say enough. */
export type Verdict =
  { kind: 'signed'; request: SignedRequest } | { kind: 'refused'; code: ErrorCode; message?: string };

/** What goes back with an incoming message: words for its sender, and where their delivery is reported to. */
export interface Reply {
  text: string;
  statusCallback: string;
}

export interface RawAnswer {
  contentType: string;
  body: string;
}

/** How the carrier calls us. Loads nothing but what checks and reads a request: it is paid for at each cold start. */
export interface CarrierWebhook {
  /** Whatever was sent gets a verdict. Throws UNAVAILABLE only where the secret is missing. */
  verify(request: RawRequest): Verdict;
  /** The answer to a request that was kept; null: nothing is sent. */
  answer(reply: Reply | null): RawAnswer;
}
