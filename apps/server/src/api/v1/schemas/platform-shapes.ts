import { z } from 'zod'

export const platformSchema = z
  .object({
    version: z.string(),
    nodeVersion: z.string(),
    startedAt: z.number().describe('Seconds since 1970.'),
    publicUrl: z.string().describe('The address at which users reach it.'),
    store: z.object({
      kind: z.enum(['sqlite', 'postgresql']),
      health: z.enum(['ok', 'unavailable']).describe('The state at the last check.'),
      schemaVersion: z.string().describe('The last migration that was applied.'),
    }),
    sessions: z.int(),
    sockets: z.int().describe('With or without a session.'),
    conversations: z.int(),
    media: z.object({
      kind: z.enum(['peer_to_peer']).describe('Media travel directly between browsers.'),
      stun: z.boolean().describe('Whether sessions receive a STUN server.'),
      turn: z.boolean().describe('Whether sessions receive a TURN server.'),
    }),
    webhooksWaiting: z.int().describe('Webhook deliveries that are neither delivered nor given up.'),
    webhooksRetrying: z.int().describe('Pending deliveries whose last attempt failed.'),
    demo: z.boolean().describe('Whether the demo gives a token to anyone.'),
  })
  .meta({ id: 'Platform' })

/** What there is to say of the running platform: no secret, and no place on its machine. */
export type PlatformFacts = Omit<z.infer<typeof platformSchema>, 'publicUrl' | 'webhooksWaiting' | 'webhooksRetrying'>
