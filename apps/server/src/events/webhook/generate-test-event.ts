import type { NewDelivery } from './delivery.ts'
import type { Endpoint } from './endpoint.ts'
import { createIdGenerator } from './generate-id.ts'
import { writeMessage } from './write-message.ts'

/** A test message, to see whether an endpoint accepts it. It waits for no other message. */
export function generateTestEvent({ apiKey, endpointId }: Endpoint, now: number): NewDelivery {
  const generateId = createIdGenerator(() => now)
  const messageId = generateId('msg_')
  const payload = writeMessage({ apiKey, type: 'test', at: now, data: { endpointId } })
  return {
    deliveryId: generateId('dlv_'),
    endpointId,
    messageId,
    type: 'test',
    orderingKey: messageId,
    payload,
    createdAt: now,
  }
}
