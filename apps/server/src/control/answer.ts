import { closeSession, ejectSession, explain } from '../backstage/act.ts'
import type { Backstage } from '../backstage/backstage.ts'
import { countKeyUses, listSessions, showRefusal, showSession } from '../backstage/look.ts'
import type { AnswerOf, BodyOf, RequestName } from './requests.ts'

export type Answers = {
  readonly [N in RequestName]: (backstage: Backstage, body: BodyOf<N>) => AnswerOf<N> | Promise<AnswerOf<N>>
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

  async close_session(backstage, { sessionId, keepOut }) {
    const session = backstage.sessions.find(sessionId)
    if (session === undefined) return { session: null }
    const shown = showSession(backstage, session)
    return { session: shown, outcome: await closeSession(backstage, session, { keepOut }) }
  },

  async eject_session(backstage, { sessionId, conversation, keepOut }) {
    const session = backstage.sessions.find(sessionId)
    if (session === undefined) return { session: null, wasIn: false }
    const shown = showSession(backstage, session)
    return { session: shown, ...(await ejectSession(backstage, session, { conversation, keepOut })) }
  },

  list_key_uses: (backstage, { apiKey }) => ({ uses: countKeyUses(backstage, apiKey) }),

  explain: (backstage, question) => explain(backstage, question),
} satisfies Answers
