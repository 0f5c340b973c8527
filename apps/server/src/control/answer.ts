import type { Author } from '../make-change.ts'
import { explain } from '../operations/act.ts'
import { type ActingHouse, closeAndNote, ejectAndNote } from '../operations/act-and-note.ts'
import { countKeyUses, listSessions, showRefusal, showSession } from '../operations/look.ts'
import type { AnswerOf, BodyOf, RequestName } from './requests.ts'

/** The running house, and where it is written down what was done to it. */
export type ControlDesk = ActingHouse

export type Answers = {
  readonly [N in RequestName]: (desk: ControlDesk, body: BodyOf<N>) => AnswerOf<N> | Promise<AnswerOf<N>>
}

/** What is done for each request, and answered. */
export const ANSWERS = {
  list_refusals(backstage, filter) {
    const { refusals, total } = backstage.refusals.list(filter)
    return { refusals: refusals.map((record) => showRefusal(backstage, record)), total }
  },

  show_refusal(backstage, { refusalId }) {
    const record = backstage.refusals.find(refusalId)
    return { refusal: record === undefined ? null : showRefusal(backstage, record) }
  },

  list_sessions(backstage, { limit, ...filter }) {
    const found = listSessions(backstage, filter)
    return { sessions: found.slice(0, limit).map((session) => showSession(backstage, session)), total: found.length }
  },

  async close_session(desk, { sessionId, ban, by }) {
    const session = desk.sessions.find(sessionId)
    if (session === undefined) return { session: null }
    return closeAndNote(desk, session, { ban }, authorOf(by))
  },

  async eject_session(desk, { sessionId, conversation, ban, by }) {
    const session = desk.sessions.find(sessionId)
    if (session === undefined) return { session: null, wasIn: false }
    return ejectAndNote(desk, session, { conversation, ban }, authorOf(by))
  },

  list_key_uses: (backstage, { apiKey }) => ({ uses: countKeyUses(backstage, apiKey) }),

  explain: (backstage, question) => explain(backstage, question),
} satisfies Answers

function authorOf(by: string | undefined): Author {
  return { actor: { kind: 'command_line', id: undefined, name: by }, address: undefined }
}
