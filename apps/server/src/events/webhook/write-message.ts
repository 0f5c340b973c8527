import type { PlatformEvent } from '../event.ts'
import type { MessageType } from './delivery.ts'

/** The body of a message, as in Standard Webhooks. */
export function writeMessage({
  apiKey,
  type,
  at,
  data,
}: Pick<PlatformEvent, 'apiKey' | 'at' | 'data'> & { readonly type: MessageType }): string {
  return JSON.stringify({ type, timestamp: new Date(at * 1000).toISOString(), data: { apiKey, ...data } })
}
