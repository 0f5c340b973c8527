import type { Author } from '../make-change.ts'
import { explain } from '../operations/act.ts'
import { closeAndRecord, ejectAndRecord, type OperationsContext } from '../operations/act-and-record.ts'
import { countKeyUses, listSessions, showRefusal, showSession } from '../operations/look.ts'
import type { AnswerOf, BodyOf, RequestName } from './requests.ts'

/** The live operations, and the audit log that records them. */
export type ControlContext = OperationsContext

export type Answers = {
  readonly [N in RequestName]: (context: ControlContext, body: BodyOf<N>) => AnswerOf<N> | Promise<AnswerOf<N>>
}

/** What is done for each request, and answered. */
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

  list_key_uses: (operations, { apiKey }) => ({ uses: countKeyUses(operations, apiKey) }),

  explain: (operations, question) => explain(operations, question),
} satisfies Answers

function authorOf(by: string | undefined): Author {
  return { actor: { kind: 'command_line', id: undefined, name: by }, address: undefined }
}
