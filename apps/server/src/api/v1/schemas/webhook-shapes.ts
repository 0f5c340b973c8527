import { z } from 'zod'
import { EVENT_TYPES } from '../../../events/event.ts'
import { type Delivery, SHOWN_DELIVERY_STATES, shownStateOf } from '../../../events/webhook/delivery.ts'
import { type Endpoint, MAX_DESCRIPTION_LENGTH, type SealedEndpoint } from '../../../events/webhook/endpoint.ts'
import { MAX_ENDPOINT_URL_LENGTH } from '../../../events/webhook/read-endpoint-url.ts'
import type { WebhookStore } from '../../../events/webhook/webhook-store.ts'
import { faults } from '../http/problem-error.ts'
import { keyParamsSchema } from './shapes.ts'

/** What the API takes and gives of webhooks. Times are seconds since 1970. */

const timeSchema = z.number().describe('Seconds since 1970.')
const stateSchema = z.enum(['active', 'disabled'])
export const messageTypeSchema = z.enum([...EVENT_TYPES, 'test'])

// Nothing else is looked for: a text in PostgreSQL cannot hold everything that a URL can.
export const deliveryIdSchema = z.string().max(64).regex(/^\w+$/)

export const endpointParamsSchema = keyParamsSchema.extend({ endpointId: z.string().min(1).max(64) })
export const deliveryParamsSchema = endpointParamsSchema.extend({ deliveryId: deliveryIdSchema })

const urlSchema = z.string().max(MAX_ENDPOINT_URL_LENGTH).describe('`https:` on the public internet.')
const typesSchema = z
  .array(z.enum(EVENT_TYPES))
  .min(1)
  .max(EVENT_TYPES.length)
  .nullable()
  .describe('The event types to send. Null: all, including future ones.')
const descriptionSchema = z
  .string()
  .trim()
  .max(MAX_DESCRIPTION_LENGTH)
  .regex(/^[^\p{Cc}\p{Cs}]*$/u)

export const newEndpointSchema = z.strictObject({
  url: urlSchema,
  types: typesSchema.default(null),
  description: descriptionSchema.default(''),
})

export const endpointChangeSchema = z.strictObject({
  url: urlSchema.optional(),
  types: typesSchema.optional(),
  description: descriptionSchema.optional(),
  state: stateSchema.optional(),
})

export const endpointSchema = z
  .object({
    endpointId: z.string(),
    url: z.string(),
    types: z.array(z.enum(EVENT_TYPES)).readonly().nullable().describe('Null: all.'),
    description: z.string(),
    state: stateSchema,
    isGone: z.boolean().describe('Whether it was disabled because it answered 410.'),
    createdAt: timeSchema,
  })
  .meta({ id: 'WebhookEndpoint' })

export const secretSchema = z.string().describe('`whsec_…`, shown only once.')

export const deliverySchema = z
  .object({
    deliveryId: z.string(),
    messageId: z.string().describe('`webhook-id`: the same for every endpoint and attempt.'),
    type: messageTypeSchema,
    state: z
      .enum(SHOWN_DELIVERY_STATES)
      .describe(
        '`pending`: waits for its first attempt. `retrying`: waits for another one. `held`: waits for an earlier delivery of the same session. `dead`: given up.',
      ),
    payload: z.unknown().describe('The message.'),
    createdAt: timeSchema,
    dueAt: timeSchema.nullable().describe('When the next attempt is due. Only while it is pending or retrying.'),
    tries: z.int().describe('Attempts since it was created or replayed.'),
    attempts: z
      .array(
        z.object({
          at: timeSchema,
          millis: z.number(),
          status: z.int().nullable(),
          reason: z.string().nullable().describe('Why it failed, or null.'),
        }),
      )
      .readonly()
      .describe('The newest, in the order in which they happened.'),
  })
  .meta({ id: 'WebhookDelivery' })

export function showEndpoint(endpoint: Endpoint): z.infer<typeof endpointSchema> {
  const { endpointId, url, types, description, state, isGone, createdAt } = endpoint
  return { endpointId, url, types: types ?? null, description, state, isGone, createdAt }
}

export function showDelivery(delivery: Delivery): z.infer<typeof deliverySchema> {
  const { deliveryId, messageId, type, state, payload, createdAt, dueAt, tries, attempts } = delivery
  return {
    deliveryId,
    messageId,
    type,
    state: shownStateOf(delivery),
    payload: JSON.parse(payload),
    createdAt,
    dueAt: state === 'pending' ? dueAt : null,
    tries,
    attempts: attempts.map(({ at, millis, status = null, reason = null }) => ({ at, millis, status, reason })),
  }
}

/** @throws {Fault} where the API key has no such endpoint. */
export async function findEndpoint(
  store: Pick<WebhookStore, 'listEndpoints'>,
  { key, endpointId }: z.infer<typeof endpointParamsSchema>,
): Promise<SealedEndpoint> {
  const found = (await store.listEndpoints(key)).find((endpoint) => endpoint.endpointId === endpointId)
  if (found === undefined) throw faults.unknown('endpoint')
  return found
}
