/**
 * What is tortured, as the deployed functions call it. A module of its own, so that a variant of it with a planted fault
 * can be built and put in its place (planted/).
 */
export { runDueWork } from '../../functions/src/entry/scheduled.ts';
export { handleSendTask } from '../../functions/src/entry/send-outgoing.ts';
export { answerWebhook } from '../../functions/src/entry/webhook.ts';
export { acceptOutgoing } from '../../functions/src/messaging/accept-outgoing.ts';
export { createLog } from '../../functions/src/platform/log.ts';
export { createPhoneVault } from '../../functions/src/platform/phone-vault.ts';
