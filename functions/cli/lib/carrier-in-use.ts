// The command line's own composition: the carrier that its commands ask and whose codes the demo data have.
export { twilioCarrier as carrierOf } from '../../src/twilio/twilio-carrier.ts';
export { twilioCodes as carrierCodes } from '../../src/twilio/codes.ts';
