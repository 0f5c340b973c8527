import { Webhook } from 'standardwebhooks'
import type { Delivery } from './delivery.ts'
import type { EndpointSecrets } from './endpoint.ts'

/**
 * Returns the headers of a message (Standard Webhooks): its id, the time of the attempt, and a signature by each secret.
 *
 * @param now seconds since 1970.
 */
export function signMessage(
  { messageId, payload }: Pick<Delivery, 'messageId' | 'payload'>,
  secrets: EndpointSecrets,
  now: number,
): Readonly<Record<string, string>> {
  const at = new Date(now * 1000)
  return {
    'webhook-id': messageId,
    'webhook-timestamp': String(Math.floor(now)),
    'webhook-signature': secrets.map(({ secret }) => new Webhook(secret).sign(messageId, at, payload)).join(' '),
  }
}
