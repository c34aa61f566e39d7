/**
 * What is put under fault injection, as the deployed functions call it. A module of its own, so that a variant of it with a planted fault
 * can be built and put in its place (planted/).
 */
export { runDueWork } from '../../functions/src/entry/scheduled.ts';
export { handleSendTask } from '../../functions/src/entry/send-outgoing.ts';
export { answerWebhook } from '../../functions/src/entry/webhook.ts';
export { acceptOutgoing } from '../../functions/src/messaging/accept-outgoing.ts';
export { cancelOutgoing } from '../../functions/src/messaging/cancel-outgoing.ts';
export { editOutgoing } from '../../functions/src/messaging/edit-outgoing.ts';
export { resolveOutgoing } from '../../functions/src/messaging/resolve-outgoing.ts';
export { addHold, liftHold } from '../../functions/src/people/change-hold.ts';
export { editPerson } from '../../functions/src/people/edit-person.ts';
export { rotateKeys } from '../../functions/src/people/rotate-keys.ts';
export { createLog } from '../../functions/src/platform/log.ts';
export { createPhoneVault } from '../../functions/src/platform/phone-vault.ts';
