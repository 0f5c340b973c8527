import { conversationNameSchema, userIdSchema } from '@stagedoor/protocol'
import { z } from 'zod'
import { closeAndRecord } from '../../../operations/act-and-record.ts'
import { findSessions } from '../../../operations/find-sessions.ts'
import { showSession } from '../../../operations/look.ts'
import type { Session } from '../../../session/session.ts'
import type { ApiContext } from '../http/api-context.ts'
import { authorOf } from '../http/make-requested-change.ts'
import { countedPageSchema, pageQuerySchema } from '../http/paging.ts'
import { faults } from '../http/problem-error.ts'
import { type Api, answers } from '../http/route.ts'
import { sortedPageOf, sortSchema } from '../http/sorted-page.ts'
import { auditedSchema, keyParamsSchema, searchSchema, sessionSchema } from '../schemas/shapes.ts'
import { banSchema, requireBanned, requireMayBan } from './close-and-revoke.ts'

const tags = ['Sessions']
const paramsSchema = keyParamsSchema.extend({ sessionId: z.string().min(1).max(64) })

/** @throws {Fault} if the API key has no such live session; one of another API key counts as unknown. */
export function requireSession(
  { operations }: Pick<ApiContext, 'operations'>,
  apiKey: string,
  sessionId: string,
): Session {
  const session = operations.sessions.find(sessionId)
  if (session?.apiKey !== apiKey) throw faults.unknown('live session')
  return session
}

/** A live session as the API shows it. */
export function showLive(
  operations: Parameters<typeof showSession>[0],
  session: Session,
): z.infer<typeof sessionSchema> {
  const { keyId = null, reconnectUntil = null, ...shown } = showSession(operations, session)
  const { address = null, origin = null, userAgent = null } = shown
  return { ...shown, keyId, reconnectUntil, address, origin, userAgent }
}

const SORTED_BY = {
  since: (session: Session) => session.since,
  until: (session: Session) => session.admission.expiresAt,
  userId: (session: Session) => session.userId,
} as const

/** The live sessions of this process. */
export function serveSessions(api: Api, context: ApiContext): void {
  const { operations } = context
  const show = (session: Session) => showLive(operations, session)

  api.get(
    '/keys/:key/sessions',
    {
      config: { guard: 'sessions:read' },
      schema: {
        tags,
        summary: 'List live sessions, the newest first',
        params: keyParamsSchema,
        querystring: pageQuerySchema.extend({
          userId: userIdSchema.optional(),
          search: searchSchema.optional(),
          conversation: conversationNameSchema.optional(),
          keyId: z.string().min(1).max(256).optional(),
          sort: sortSchema(['since', 'until', 'userId'], '-since'),
        }),
        response: answers(200, countedPageSchema(sessionSchema)),
      },
    },
    async ({ params, query }) => {
      const found = findSessions(operations, params.key, query)
      const page = sortedPageOf(found, { by: SORTED_BY, idOf: ({ id }) => id }, query)
      return { ...page, items: page.items.map(show) }
    },
  )

  api.get(
    '/keys/:key/sessions/:sessionId',
    {
      config: { guard: 'sessions:read' },
      schema: { tags, summary: 'Get a live session', params: paramsSchema, response: answers(200, sessionSchema) },
    },
    async ({ params }) => show(requireSession(context, params.key, params.sessionId)),
  )

  api.post(
    '/keys/:key/sessions/:sessionId/close',
    {
      config: { guard: 'sessions:write' },
      schema: {
        tags,
        summary: 'Close a session',
        description:
          'With `ban`, what it says is refused from then on. Without, the user may come back with any token that is still good.',
        params: paramsSchema,
        body: banSchema,
        response: answers(200, sessionSchema.extend({ audited: auditedSchema })),
      },
    },
    async (request) => {
      const { key, sessionId } = request.params
      const session = requireSession(context, key, sessionId)
      requireMayBan(request, key, request.body.ban)
      const shown = show(session)
      const acting = { ...operations, writeDown: context.writeDown }
      const { outcome, isWrittenDown } = await closeAndRecord(acting, session, request.body, authorOf(request))
      requireBanned(outcome)
      await context.refreshNow()
      return { ...shown, audited: isWrittenDown }
    },
  )
}
