import { z } from 'zod'
import type { Batch } from '../../../operations/live-feed.ts'
import { showConversation } from '../../../operations/look.ts'
import type { Operations } from '../../../operations/operations.ts'
import { showLive } from '../routes/session-routes.ts'
import { conversationSchema, sessionSchema } from './shapes.ts'

const totalsSchema = z
  .object({
    sessions: z.int().describe('The live sessions of the API key.'),
    conversations: z.int().describe('Its conversations that have members.'),
  })
  .meta({ id: 'LiveTotals' })

const sessionsSchema = z
  .object({
    opened: z.array(sessionSchema).readonly(),
    changed: z.array(sessionSchema).readonly().describe('Renewed, disconnected, resumed, or in other conversations.'),
    closed: z.array(z.object({ sessionId: z.string(), reason: z.string() })).readonly(),
    total: z.int().describe('The live sessions of the API key.'),
  })
  .meta({ id: 'LiveSessions' })

const conversationsSchema = z
  .object({
    changed: z.array(conversationSchema).readonly().describe('Also if it has just started.'),
    ended: z.array(z.string()).readonly(),
    total: z.int().describe('The conversations of the API key that have members.'),
  })
  .meta({ id: 'LiveConversations' })

const refusalsSchema = z
  .object({ count: z.int().describe('The number of refusals since the last such event.'), latestRefusalId: z.string() })
  .meta({ id: 'LiveRefusals' })

/** What the stream of an API key tells: the name of each event, and its data. */
export const liveEventsSchema = z
  .object({
    hello: totalsSchema.describe('The first.'),
    sessions: sessionsSchema,
    conversations: conversationsSchema,
    refusals: refusalsSchema.describe('Only with the right `refusals:read`.'),
    resync: totalsSchema.describe('Too many changes for single events. Read the lists again.'),
  })
  .meta({ id: 'LiveEvents' })

type LiveEvents = z.infer<typeof liveEventsSchema>

/** One event as it is sent (WHATWG HTML section 9.2). */
export function writeEvent<N extends keyof LiveEvents>(event: N, data: LiveEvents[N]): string {
  return `event: ${event}\ndata: ${JSON.stringify(data)}\n\n`
}

type LiveContext = Pick<Operations, 'sessions' | 'conversations'>

export function countLive({ sessions, conversations }: LiveContext, apiKey: string): z.infer<typeof totalsSchema> {
  const ofUsers = sessions.usersOf(apiKey).map(({ size }) => size)
  return {
    sessions: ofUsers.reduce((sum, size) => sum + size, 0),
    conversations: [...conversations.ofApiKey(apiKey)].length,
  }
}

/** What a beat tells of sessions and conversations, as it is sent; empty, where it tells nothing of them. */
export function writeBatch(operations: LiveContext, apiKey: string, beat: Batch): string {
  const { opened, changed, closed } = beat.sessions
  const isAboutSessions = opened.length + changed.length + closed.length > 0
  const isAboutConversations = beat.conversations.length > 0
  if (!isAboutSessions && !isAboutConversations && !beat.isTooMuch) return ''
  const totals = countLive(operations, apiKey)
  if (beat.isTooMuch) return writeEvent('resync', totals)
  const show = (session: (typeof opened)[number]) => showLive(operations, session)
  const sessions = { opened: opened.map(show), changed: changed.map(show), closed, total: totals.sessions }
  const found = beat.conversations.map((name) => operations.conversations.named(apiKey, name) ?? name)
  const conversations = {
    changed: found.flatMap((open) => (typeof open === 'string' ? [] : [showConversation(open)])),
    ended: found.filter((open) => typeof open === 'string'),
    total: totals.conversations,
  }
  return (
    (isAboutSessions ? writeEvent('sessions', sessions) : '') +
    (isAboutConversations ? writeEvent('conversations', conversations) : '')
  )
}
