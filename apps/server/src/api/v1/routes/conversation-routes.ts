import { conversationNameSchema, MAX_MESSAGE_LENGTH } from '@stagedoor/protocol'
import { z } from 'zod'
import type { Conversation } from '../../../conversation/conversation.ts'
import { sendAnnouncement } from '../../../conversation/host.ts'
import { closeConversationAndRecord, ejectAndRecord, muteAndRecord } from '../../../operations/act-and-record.ts'
import { showConversation, showConversationWithMembers } from '../../../operations/look.ts'
import type { ApiContext } from '../http/api-context.ts'
import { makeOnce, onceHeadersSchema } from '../http/make-once.ts'
import { authorOf } from '../http/make-requested-change.ts'
import { countedPageSchema, isFound, pageQuerySchema } from '../http/paging.ts'
import { faults } from '../http/problem-error.ts'
import { type Api, answers } from '../http/route.ts'
import { sortedPageOf, sortSchema } from '../http/sorted-page.ts'
import {
  auditedSchema,
  conversationSchema,
  conversationWithMembersSchema,
  keyParamsSchema,
  searchSchema,
} from '../schemas/shapes.ts'
import { banSchema, requireBanned, requireMayBan } from './close-and-revoke.ts'
import { requireSession } from './session-routes.ts'

const tags = ['Conversations']
const paramsSchema = keyParamsSchema.extend({ conversation: conversationNameSchema })

/** The conversations that have members now. */
export function serveConversations(api: Api, context: ApiContext): void {
  const { conversations } = context.operations

  api.get(
    '/keys/:key/conversations',
    {
      config: { guard: 'sessions:read' },
      schema: {
        tags,
        summary: 'List live conversations',
        params: keyParamsSchema,
        querystring: pageQuerySchema.extend({
          search: searchSchema.optional(),
          sort: sortSchema(['name', 'members'], 'name'),
        }),
        response: answers(200, countedPageSchema(conversationSchema)),
      },
    },
    async ({ params, query }) => {
      const open = [...conversations.ofApiKey(params.key)].filter(({ name }) => isFound(query.search, name))
      const page = sortedPageOf(open, { by: SORTED_BY, idOf: nameOf }, query)
      return { ...page, items: page.items.map(showConversation) }
    },
  )

  api.get(
    '/keys/:key/conversations/:conversation',
    {
      config: { guard: 'sessions:read' },
      schema: {
        tags,
        summary: 'Get a conversation with its members and streams',
        params: paramsSchema,
        response: answers(200, conversationWithMembersSchema),
      },
    },
    async ({ params }) => showConversationWithMembers(requireConversation(context, params.key, params.conversation)),
  )

  api.post(
    '/keys/:key/conversations/:conversation/eject',
    {
      config: { guard: 'sessions:write' },
      schema: {
        tags,
        summary: 'Remove a session from a conversation',
        description:
          'It may join again. With `ban`, the session is closed, and what `ban` says is refused from then on.',
        params: paramsSchema,
        body: banSchema.extend({ sessionId: z.string().min(1).max(64) }),
        response: answers(200, z.object({ ejected: z.string(), audited: auditedSchema })),
      },
    },
    async (request) => {
      const { key, conversation } = request.params
      const { sessionId, ban } = request.body
      const session = requireSession(context, key, sessionId)
      requireMayBan(request, key, ban)
      const acting = { ...context.operations, writeDown: context.writeDown }
      const done = await ejectAndRecord(acting, session, { conversation, ban }, authorOf(request))
      if (!done.wasIn) throw faults.unknown('member of this conversation')
      requireBanned(done.outcome)
      await context.refreshNow()
      return { ejected: sessionId, audited: done.isWrittenDown }
    },
  )

  api.post(
    '/keys/:key/conversations/:conversation/close',
    {
      config: { guard: 'sessions:write' },
      schema: {
        tags,
        summary: 'Remove every member of a conversation',
        description: 'The sessions stay open. Members can join again, which starts a new conversation.',
        params: paramsSchema,
        response: answers(
          200,
          z.object({
            closed: z.string(),
            members: z.int().describe('The number of members that were removed.'),
            audited: auditedSchema,
          }),
        ),
      },
    },
    async (request) => {
      const { key } = request.params
      const conversation = requireConversation(context, key, request.params.conversation)
      const acting = { ...context.operations, writeDown: context.writeDown }
      const { members, isWrittenDown } = await closeConversationAndRecord(acting, key, conversation, authorOf(request))
      return { closed: conversation.name, members, audited: isWrittenDown }
    },
  )

  serveHosting(api, context)
}

function serveHosting(api: Api, context: ApiContext): void {
  api.post(
    '/keys/:key/conversations/:conversation/messages',
    {
      config: { guard: 'sessions:write' },
      schema: {
        tags,
        summary: 'Send an announcement to a conversation',
        params: paramsSchema,
        headers: onceHeadersSchema,
        body: z.strictObject({ text: z.string().min(1).max(MAX_MESSAGE_LENGTH) }),
        response: answers(200, z.object({ heardBy: z.int().describe('The number of members that received it.') })),
      },
    },
    async (request) => {
      const { key } = request.params
      let toTell: Conversation | undefined
      const answer = await makeOnce(context, request, async (_context, note) => {
        const conversation = requireConversation(context, key, request.params.conversation)
        note({ action: 'conversation.announced', apiKey: key, subject: conversation.name })
        toTell = conversation
        return { heardBy: conversation.members.size }
      })
      // Undefined where the request was repeated. Not within the transaction, so that nothing is sent that is not written down.
      if (toTell !== undefined) sendAnnouncement(toTell, request.body.text, context.clock.now())
      return answer
    },
  )

  api.post(
    '/keys/:key/conversations/:conversation/mute',
    {
      config: { guard: 'sessions:write' },
      schema: {
        tags,
        summary: 'Mute a stream',
        description:
          'The other members are notified, and the publisher is asked to mute. Eject a client that does not comply.',
        params: paramsSchema,
        body: z.strictObject({
          sessionId: z.string().min(1).max(64).describe('Of the publisher.'),
          streamId: z.string().min(1).max(64),
          audio: z.boolean().default(true),
          video: z.boolean().default(false),
        }),
        response: answers(200, z.object({ muted: z.string(), audited: auditedSchema })),
      },
    },
    async (request) => {
      const { key, conversation } = request.params
      const { sessionId, streamId, audio, video } = request.body
      const session = requireSession(context, key, sessionId)
      const acting = { ...context.operations, writeDown: context.writeDown }
      const asks = { conversation, streamId, audio, video }
      const done = await muteAndRecord(acting, session, asks, authorOf(request))
      if ('missing' in done) {
        throw faults.unknown(done.missing === 'member' ? 'member of this conversation' : 'stream of this member')
      }
      return { muted: streamId, audited: done.isWrittenDown }
    },
  )
}

function requireConversation({ operations }: ApiContext, apiKey: string, name: string): Conversation {
  const found = operations.conversations.named(apiKey, name)
  if (found === undefined) throw faults.unknown('conversation')
  return found
}

const nameOf = ({ name }: Conversation) => name
const SORTED_BY = { name: nameOf, members: ({ members }: Conversation) => members.size } as const
