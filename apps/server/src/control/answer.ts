import type { Clock } from '../clock.ts'
import type { Author } from '../make-change.ts'
import { explain } from '../operations/act.ts'
import {
  announceAndRecord,
  closeAndRecord,
  closeConversationAndRecord,
  ejectAndRecord,
  muteAndRecord,
  type OperationsContext,
} from '../operations/act-and-record.ts'
import {
  countKeyUses,
  listConversations,
  listSessions,
  showConversation,
  showConversationWithMembers,
  showRefusal,
  showSession,
} from '../operations/look.ts'
import type { AnswerOf, BodyOf, RequestName } from './requests.ts'

/** The live operations, and the audit log that records them. */
export interface ControlContext extends OperationsContext {
  readonly clock: Pick<Clock, 'now'>
}

export type Answers = {
  readonly [N in RequestName]: (context: ControlContext, body: BodyOf<N>) => AnswerOf<N> | Promise<AnswerOf<N>>
}

/** Carries out each request and returns its response. */
export const ANSWERS = {
  async list_refusals(operations, filter) {
    const { refusals, ...rest } = await operations.refusals.list(filter)
    return { refusals: refusals.map((record) => showRefusal(operations, record)), ...rest }
  },

  async show_refusal(operations, { refusalId }) {
    const record = await operations.refusals.find(refusalId)
    return { refusal: record === undefined ? null : showRefusal(operations, record) }
  },

  list_sessions(operations, { limit, ...filter }) {
    const found = listSessions(operations, filter)
    return { sessions: found.slice(0, limit).map((session) => showSession(operations, session)), total: found.length }
  },

  async close_session(context, { sessionId, ban, by }) {
    const session = context.sessions.find(sessionId)
    if (session === undefined) return { session: null }
    return closeAndRecord(context, session, { ban }, authorOf(by))
  },

  async eject_session(context, { sessionId, conversation, ban, by }) {
    const session = context.sessions.find(sessionId)
    if (session === undefined) return { session: null, wasIn: false }
    return ejectAndRecord(context, session, { conversation, ban }, authorOf(by))
  },

  list_conversations({ conversations }, { apiKey, search, limit }) {
    const found = listConversations({ conversations }, apiKey, search)
    return { conversations: found.slice(0, limit).map(showConversation), total: found.length }
  },

  show_conversation({ conversations }, { apiKey, conversation }) {
    const found = conversations.named(apiKey, conversation)
    return { conversation: found === undefined ? null : showConversationWithMembers(found) }
  },

  async close_conversation(context, { apiKey, conversation, by }) {
    const found = context.conversations.named(apiKey, conversation)
    if (found === undefined) return { closed: null }
    return { closed: await closeConversationAndRecord(context, apiKey, found, authorOf(by)) }
  },

  async send_message(context, { apiKey, conversation, text, by }) {
    const found = context.conversations.named(apiKey, conversation)
    if (found === undefined) return { sent: null }
    const message = { text, now: context.clock.now() }
    return { sent: await announceAndRecord(context, apiKey, found, message, authorOf(by)) }
  },

  async mute_stream(context, { apiKey, sessionId, by, ...stream }) {
    const session = context.sessions.find(sessionId)
    if (session?.apiKey !== apiKey) return { muted: null }
    const done = await muteAndRecord(context, session, stream, authorOf(by))
    return { muted: 'missing' in done ? null : done }
  },

  list_key_uses: (operations, { apiKey }) => ({ uses: countKeyUses(operations, apiKey) }),

  explain: (operations, question) => explain(operations, question),
} satisfies Answers

function authorOf(by: string | undefined): Author {
  return { actor: { kind: 'command_line', id: undefined, name: by }, address: undefined }
}
