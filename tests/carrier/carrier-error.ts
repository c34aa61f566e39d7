/** A refusal that the caller gets, shaped as Twilio shapes its own. */
export class CarrierError extends Error {
  override readonly name = 'CarrierError';
  /** HTTP status. */
  readonly status: number;
  /** Twilio's error code. */
  readonly code: number;

  constructor(status: number, code: number, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }

  /** The body of the answer. */
  toJSON(): { code: number; message: string; more_info: string; status: number } {
    return {
      code: this.code,
      message: this.message,
      more_info: `https://www.twilio.com/docs/errors/${String(this.code)}`,
      status: this.status,
    };
  }
}

export function badRequest(message: string): CarrierError {
  return new CarrierError(400, 20001, message);
}

export function notFound(path: string): CarrierError {
  return new CarrierError(404, 20404, `The requested resource ${path} was not found`);
}
