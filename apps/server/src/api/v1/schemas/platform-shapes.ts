import { z } from 'zod'

export const platformSchema = z
  .object({
    version: z.string(),
    nodeVersion: z.string(),
    startedAt: z.number().describe('Seconds since 1970.'),
    publicUrl: z.string().describe('Where users reach it.'),
    store: z.object({
      kind: z.enum(['sqlite', 'postgresql']),
      health: z.enum(['ok', 'unavailable']).describe('As it was when it was last looked at.'),
      schemaVersion: z.string().describe('The last migration that was made.'),
    }),
    sessions: z.int(),
    sockets: z.int().describe('With a session or without.'),
    conversations: z.int(),
    media: z.object({
      kind: z.enum(['peer_to_peer']).describe('Media go from browser to browser.'),
      stun: z.boolean().describe('Whether sessions are told of a STUN server.'),
      turn: z.boolean().describe('Whether sessions are told of a TURN server.'),
    }),
    webhooksWaiting: z.int().describe('Deliveries of webhooks that are not delivered yet, and not given up.'),
    webhooksRetrying: z.int().describe('Those of them whose last attempt failed.'),
    demo: z.boolean().describe('Whether anybody is given a token for the demo.'),
  })
  .meta({ id: 'Platform' })

/** What there is to say of the running platform: no secret, and no place on its machine. */
export type PlatformFacts = Omit<z.infer<typeof platformSchema>, 'publicUrl' | 'webhooksWaiting' | 'webhooksRetrying'>
