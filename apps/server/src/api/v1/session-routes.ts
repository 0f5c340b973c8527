import { conversationNameSchema, userIdSchema } from '@stagedoor/protocol'
import { z } from 'zod'
import { closeSession } from '../../backstage/act.ts'
import { listSessions, showSession } from '../../backstage/look.ts'
import { noteClosed } from '../../backstage/note.ts'
import type { Session } from '../../session/session.ts'
import type { Desk } from './desk.ts'
import { faults } from './fault.ts'
import { keepOutSchema, requireKeptOut } from './keep-out.ts'
import { makeChange } from './make-change.ts'
import { pageOf, pageQuerySchema, pageSchema, placeInTime } from './paging.ts'
import { type Api, answers } from './route.ts'
import { keyParamsSchema, sessionSchema } from './shapes.ts'

const tags = ['Sessions']
const paramsSchema = keyParamsSchema.extend({ sessionId: z.string().min(1).max(64) })

/** @throws {Fault} where the API key has no such live session: that of another one is none. */
export function requireSession({ backstage }: Pick<Desk, 'backstage'>, apiKey: string, sessionId: string): Session {
  const session = backstage.sessions.find(sessionId)
  if (session?.apiKey !== apiKey) throw faults.unknown('live session')
  return session
}

/** The live sessions of this process. */
export function serveSessions(api: Api, desk: Desk): void {
  const { backstage } = desk
  const show = (session: Session) => {
    const { keyId = null, comesBackUntil = null, ...shown } = showSession(backstage, session)
    return { ...shown, keyId, comesBackUntil }
  }

  api.get(
    '/keys/:key/sessions',
    {
      config: { guard: 'sessions:read' },
      schema: {
        tags,
        summary: 'List the live sessions, the oldest first',
        params: keyParamsSchema,
        querystring: pageQuerySchema.extend({
          userId: userIdSchema.optional(),
          conversation: conversationNameSchema.optional(),
        }),
        response: answers(200, pageSchema(sessionSchema).extend({ total: z.int().describe('On all pages.') })),
      },
    },
    async ({ params, query }) => {
      const { conversation } = query
      const found = listSessions(backstage, { apiKey: params.key, userId: query.userId }).filter(
        (session) =>
          conversation === undefined || backstage.conversations.of(session).some(({ name }) => name === conversation),
      )
      const placed = found.map((session) => ({ session, place: placeInTime(session.since * 1_000, session.id) }))
      placed.sort((one, other) => (one.place < other.place ? -1 : 1))
      const { items, nextCursor } = pageOf(placed, ({ place }) => place, query)
      return { items: items.map(({ session }) => show(session)), nextCursor, total: found.length }
    },
  )

  api.get(
    '/keys/:key/sessions/:sessionId',
    {
      config: { guard: 'sessions:read' },
      schema: { tags, summary: 'Look at a live session', params: paramsSchema, response: answers(200, sessionSchema) },
    },
    async ({ params }) => show(requireSession(desk, params.key, params.sessionId)),
  )

  api.post(
    '/keys/:key/sessions/:sessionId/close',
    {
      config: { guard: 'sessions:write' },
      schema: {
        tags,
        summary: 'Close a session at once',
        description:
          'With `keepOut`, every token that it has presented is revoked, so that none of them opens another.',
        params: paramsSchema,
        body: keepOutSchema,
        response: answers(200, sessionSchema),
      },
    },
    async (request) => {
      const { key, sessionId } = request.params
      const session = requireSession(desk, key, sessionId)
      const before = showSession(backstage, session)
      const shown = show(session)
      requireKeptOut(await closeSession(backstage, session, request.body))
      await makeChange(desk, request, async (_office, note) => {
        note(noteClosed(before, request.body))
      })
      return shown
    },
  )
}
