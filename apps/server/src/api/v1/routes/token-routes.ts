import { MAX_TTL_SECONDS } from '@stagedoor/access-token'
import { userDataSchema, userIdSchema } from '@stagedoor/protocol'
import { z } from 'zod'
import { openSecret } from '../../../api-key/add-signing-key.ts'
import { requireApiKey } from '../../../api-key/change-context.ts'
import { mint, USUAL_TTL_SECONDS } from '../../../api-key/mint.ts'
import { conversationGrantSchema, MAX_MINTED_GRANTS } from '../../../policy/conversation-grant.ts'
import type { ApiContext } from '../http/api-context.ts'
import { makeOnce, onceHeadersSchema } from '../http/make-once.ts'
import { ProblemError } from '../http/problem-error.ts'
import { type Api, answers } from '../http/route.ts'
import { keyParamsSchema } from '../schemas/shapes.ts'

/** Mints access tokens for back ends without a library for it. */
export function serveTokens(api: Api, context: ApiContext): void {
  api.post(
    '/keys/:key/tokens',
    {
      config: { guard: 'tokens:mint' },
      schema: {
        tags: ['Access tokens'],
        summary: 'Create an access token for a user',
        description: 'It is signed with the newest secret of the API key, and lives no longer than the policy allows.',
        params: keyParamsSchema,
        headers: onceHeadersSchema,
        body: z.strictObject({
          id: userIdSchema.describe('The user id that the token is for.'),
          ttlSeconds: z
            .int()
            .min(1)
            .max(MAX_TTL_SECONDS)
            .optional()
            .describe('Default: one hour, or the longest that the policy allows.'),
          conversations: z.array(conversationGrantSchema).max(MAX_MINTED_GRANTS).optional(),
          userData: z
            .record(z.string(), z.unknown())
            .refine((data) => userDataSchema.safeParse(data).success, 'is at most 4 KiB of JSON')
            .optional()
            .describe('What the others see, such as a display name: 4 KiB of JSON at most.'),
        }),
        response: answers(
          201,
          z.object({ token: z.string(), apiKey: z.string(), id: z.string(), expiresAt: z.number() }),
        ),
      },
    },
    async (request, reply) => {
      const { key } = request.params
      const { id, conversations, userData, ttlSeconds } = request.body
      const minted = await makeOnce(context, request, async (transaction, note) => {
        const { policy, state } = await requireApiKey(transaction.store, key)
        if (state === 'disabled')
          throw new ProblemError(409, 'conflict', 'The API key is disabled: no token of it is admitted.')
        const ttl = ttlSeconds ?? Math.min(USUAL_TTL_SECONDS, policy.maxTtlSeconds)
        if (ttl > policy.maxTtlSeconds) {
          throw new ProblemError(
            422,
            'not_usable',
            `The policy lets tokens live ${policy.maxTtlSeconds} seconds at the most.`,
          )
        }
        const secret = await openSecret(transaction, key)
        const { keyId } = secret
        const token = mint(policy, secret, { id, ttlSeconds: ttl, conversations, userData })
        note({
          action: 'access_token.minted',
          apiKey: key,
          subject: id,
          after: { keyId, ttlSeconds: ttl, conversations },
        })
        return { token, apiKey: key, id, expiresAt: Math.floor(context.clock.now()) + ttl }
      })
      return reply.code(201).header('cache-control', 'no-store').send(minted)
    },
  )
}
