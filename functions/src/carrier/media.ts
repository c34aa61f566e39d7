/** The media of incoming messages, which the carrier keeps for a while and hands out on request. */
export interface CarrierMedia {
  /** `mediaId` as the incoming message named it. Null where the carrier has it no more; never throws. */
  fetch(messageId: string, mediaId: string): Promise<{ contentType: string; bytes: Uint8Array } | null>;
}
