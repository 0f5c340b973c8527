import { z } from 'zod'
import { createPersonalToken, MAX_PERSONAL_TOKENS, type PersonalToken } from '../../../account/personal-token.ts'
import type { ApiContext } from '../http/api-context.ts'
import { callerOf } from '../http/guard.ts'
import { makeOnce, onceHeadersSchema } from '../http/make-once.ts'
import { makeRequestedChange } from '../http/make-requested-change.ts'
import { countedPageSchema, isFound, pageQuerySchema } from '../http/paging.ts'
import { faults, ProblemError } from '../http/problem-error.ts'
import { type Api, answers } from '../http/route.ts'
import { sortedPageOf, sortSchema } from '../http/sorted-page.ts'
import { newPersonalTokenSchema, personalTokenSchema, searchSchema } from '../schemas/shapes.ts'
import { showPersonalToken } from '../schemas/show.ts'

const tags = ['Personal access tokens']

const SORTED_BY = {
  createdAt: ({ createdAt }: PersonalToken) => createdAt,
  name: ({ name }: PersonalToken) => name.toLowerCase(),
  expiresAt: ({ expiresAt }: PersonalToken) => expiresAt,
  // Unused tokens sort as the least recently used.
  lastUsedAt: ({ lastUsedAt = 0 }: PersonalToken) => lastUsedAt,
} as const

/**
 * The personal access tokens of the calling account. Tokens cannot create, list or delete tokens: a created one could outlast its creator,
 * and a deleted one could have more permissions.
 */
export function servePersonalTokens(api: Api, context: ApiContext): void {
  const { store, clock } = context

  api.get(
    '/me/tokens',
    {
      config: { guard: 'login' },
      schema: {
        tags,
        summary: 'List your personal access tokens',
        querystring: pageQuerySchema.extend({
          search: searchSchema.optional().describe('Part of the name. Case is ignored.'),
          sort: sortSchema(['createdAt', 'name', 'expiresAt', 'lastUsedAt'], 'createdAt'),
        }),
        response: answers(200, countedPageSchema(personalTokenSchema)),
      },
    },
    async (request) => {
      const { query } = request
      const tokens = await store.listPersonalTokens(callerOf(request).account.accountId)
      const found = tokens.filter(({ name }) => isFound(query.search, name))
      const page = sortedPageOf(found, { by: SORTED_BY, idOf: ({ tokenId }) => tokenId }, query)
      return { ...page, items: page.items.map(showPersonalToken) }
    },
  )

  api.post(
    '/me/tokens',
    {
      config: { guard: 'login' },
      schema: {
        tags,
        summary: 'Create a personal access token',
        headers: onceHeadersSchema,
        body: newPersonalTokenSchema,
        response: answers(201, personalTokenSchema.extend({ secret: z.string().describe('Shown only once.') })),
      },
    },
    async (request, reply) => {
      const { account } = callerOf(request)
      const { apiKey, rights, ...rest } = request.body
      const made = await makeOnce(context, request, async ({ store: records }, note) => {
        if ((await records.listPersonalTokens(account.accountId)).length >= MAX_PERSONAL_TOKENS) {
          throw new ProblemError(
            409,
            'conflict',
            `You have ${MAX_PERSONAL_TOKENS} tokens, which is the maximum. Delete one first.`,
          )
        }
        const options = { ...rest, rights: [...new Set(rights)], apiKey, accountId: account.accountId }
        const created = await createPersonalToken(records, options, clock.now())
        const shown = showPersonalToken(created.token)
        note({ action: 'personal_token.created', subject: shown.tokenId, after: shown })
        return { ...shown, secret: created.secret }
      })
      return reply.code(201).header('cache-control', 'no-store').send(made)
    },
  )

  api.delete(
    '/me/tokens/:tokenId',
    {
      config: { guard: 'login' },
      schema: {
        tags,
        summary: 'Delete a personal access token',
        params: z.object({ tokenId: z.string().min(1).max(64) }),
        response: answers(200, z.object({ deleted: z.string() })),
      },
    },
    async (request) => {
      const { tokenId } = request.params
      await makeRequestedChange(context, request, async ({ store: records }, note) => {
        const { accountId } = callerOf(request).account
        if (!(await records.deletePersonalToken(accountId, tokenId))) throw faults.unknown('personal access token')
        note({ action: 'personal_token.deleted', subject: tokenId })
      })
      return { deleted: tokenId }
    },
  )
}
