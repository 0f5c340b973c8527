import { CLOSE_CODES, type CloseReason } from '@stagedoor/protocol'

/** What the code of a close frame means. One that is not the gate's is that of a proxy or of the network. */
export function readCloseCode(code: number): { readonly reason: CloseReason; readonly willReconnect: boolean } {
  for (const [reason, known] of Object.entries(CLOSE_CODES)) {
    if (known.code === code) return { reason: reason as CloseReason, willReconnect: known.willReconnect }
  }
  return { reason: 'connection_lost', willReconnect: true }
}
