/** The address that the carrier reports the delivery of one message to. Our own ID in it is signed with the rest. */
export function statusCallback(webhookUrl: string, messageId: string): string {
  return `${webhookUrl}/status?m=${encodeURIComponent(messageId)}`;
}

/** Our own ID, out of the query of such an address; `''` where it has none that can be read. */
export function messageIdIn(query: URLSearchParams): string {
  return query.getAll('m').find((each) => /^[A-Za-z0-9_-]{1,80}$/.test(each)) ?? '';
}
