/**
 * What is put under fault injection, as the deployed functions call it. A module of its own, so that a variant of it with a planted fault
 * can be built and put in its place (planted/).
 */
export { runDueWork } from '../../functions/src/entry/schedule/run-due-work.ts';
export { handleTask } from '../../functions/src/entry/tasks/handle-task.ts';
export { answerWebhook } from '../../functions/src/entry/webhook/webhook.ts';
export { acceptOutgoing } from '../../functions/src/outbox/accept-outgoing.ts';
export { cancelOutgoing } from '../../functions/src/outbox/cancel-outgoing.ts';
export { editOutgoing } from '../../functions/src/outbox/edit-outgoing.ts';
export { resolveOutgoing } from '../../functions/src/outbox/resolve-outgoing.ts';
export { addHold, liftHold } from '../../functions/src/people/change-hold.ts';
export { editPerson } from '../../functions/src/people/edit-person.ts';
export { rotateKeys } from '../../functions/src/people/rotate-keys.ts';
export { createLog } from '../../functions/src/platform/log.ts';
export { createPhoneVault } from '../../functions/src/platform/phone-vault.ts';
