import { MAX_BAN_SECONDS, NAME, userIdSchema } from '@stagedoor/protocol'
import { z } from 'zod'
import { type Revocation, revokerOf } from '../../../api-key/revocation.ts'
import { liftBan, revoke } from '../../../api-key/revoke.ts'
import { previewRevocation } from '../../../operations/preview.ts'
import type { ApiContext } from '../http/api-context.ts'
import { callerOf } from '../http/guard.ts'
import { makeOnce, onceHeadersSchema } from '../http/make-once.ts'
import { authorOf, makeRequestedChange } from '../http/make-requested-change.ts'
import { countedPageSchema, isFound, pageQuerySchema } from '../http/paging.ts'
import { type Api, answers } from '../http/route.ts'
import { sortedPageOf, sortSchema } from '../http/sorted-page.ts'
import { keyParamsSchema, previewSchema, revocationSchema, searchSchema } from '../schemas/shapes.ts'
import { showRevocation } from '../schemas/show.ts'

const tags = ['Revocations']
const subject = z.string().min(1).max(256).regex(NAME)
const newRevocationSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('token'), subject: subject.describe('Its `jti`.') }),
  z.strictObject({
    kind: z.literal('subject_token'),
    subject: subject.describe('`subject_token_hash` of the access tokens that it was exchanged for.'),
  }),
  z.strictObject({ kind: z.literal('user'), subject: subject.describe('The user id.') }),
  z.strictObject({
    kind: z.literal('ban'),
    subject: subject.describe('The user id.'),
    forSeconds: z.int().min(1).max(MAX_BAN_SECONDS).describe('How long the user is refused, with any token.'),
  }),
  z.strictObject({ kind: z.literal('signing_key'), subject: subject.describe('The key id.') }),
  z.strictObject({ kind: z.literal('everything') }),
])

const SORTED_BY = {
  revokedAt: ({ revokedAt }: Revocation) => revokedAt,
  forgetAt: ({ forgetAt }: Revocation) => forgetAt,
  subject: ({ subject }: Revocation) => subject.toLowerCase(),
} as const

/** Revocations and bans. */
export function serveRevocations(api: Api, context: ApiContext): void {
  const { store, clock, operations } = context

  api.get(
    '/keys/:key/revocations',
    {
      config: { guard: 'keys:read' },
      schema: {
        tags,
        summary: 'List revocations in force',
        params: keyParamsSchema,
        querystring: pageQuerySchema.extend({
          kind: revocationSchema.shape.kind.optional(),
          search: searchSchema.optional().describe('Part of the subject. Case is ignored.'),
          sort: sortSchema(['revokedAt', 'forgetAt', 'subject'], 'revokedAt'),
        }),
        response: answers(200, countedPageSchema(revocationSchema)),
      },
    },
    async (request) => {
      const { params, query } = request
      const found = (await store.listRevocations(clock.now())).filter(
        ({ apiKey, kind, subject }) =>
          apiKey === params.key && (query.kind ?? kind) === kind && isFound(query.search, subject),
      )
      const idOf = ({ kind, subject }: Revocation) => `${kind} ${subject}`
      const { items, ...page } = sortedPageOf(found, { by: SORTED_BY, idOf }, query)
      const caller = callerOf(request)
      return { items: items.map((revocation) => showRevocation(revocation, caller)), ...page }
    },
  )

  api.post(
    '/keys/:key/revocations',
    {
      config: { guard: 'revocations:write' },
      schema: {
        tags,
        summary: 'Revoke tokens or ban a user',
        description:
          'Its sessions end at once. It is forgotten by itself when the last token that it is about has ended, a ban when it ends. ' +
          'A ban that is there is made longer, never shorter.',
        params: keyParamsSchema,
        headers: onceHeadersSchema,
        body: newRevocationSchema,
        response: answers(201, revocationSchema),
      },
    },
    async (request, reply) => {
      const { params, body } = request
      const revoked = await makeOnce(context, request, async (transaction, note) => {
        const what = { subject: '', ...body }
        const revocation = await revoke(transaction, params.key, what, revokerOf(authorOf(request).actor))
        note({
          action: 'revocation.made',
          apiKey: params.key,
          subject: what.subject || undefined,
          after: { kind: body.kind, ...(body.kind === 'ban' && { until: revocation.forgetAt }) },
        })
        return revocation
      })
      return reply.code(201).send(showRevocation(revoked, callerOf(request)))
    },
  )

  api.delete(
    '/keys/:key/bans/:userId',
    {
      config: { guard: 'revocations:write' },
      schema: {
        tags,
        summary: 'Lift a ban',
        description: 'Tokens that were revoked stay revoked.',
        params: keyParamsSchema.extend({ userId: userIdSchema }),
        response: answers(200, z.object({ lifted: z.string() })),
      },
    },
    async (request) => {
      const { key, userId } = request.params
      await makeRequestedChange(context, request, async (transaction, note) => {
        await liftBan(transaction, key, userId)
        note({ action: 'ban.lifted', apiKey: key, subject: userId })
      })
      return { lifted: userId }
    },
  )

  api.post(
    '/keys/:key/revocations/preview',
    {
      config: { guard: 'sessions:read' },
      schema: {
        tags,
        summary: 'Count the live sessions that a revocation would end',
        description: 'The body is that of the revocation. Nothing is revoked.',
        params: keyParamsSchema,
        body: newRevocationSchema,
        response: answers(200, previewSchema),
      },
    },
    async ({ params, body }) => previewRevocation(operations, params.key, { subject: '', ...body }, clock.now()),
  )
}
