import { closeSession, ejectSession, explain } from '../backstage/act.ts'
import type { Backstage } from '../backstage/backstage.ts'
import { countKeyUses, listSessions, showRefusal, showSession } from '../backstage/look.ts'
import { noteClosed, noteEjected } from '../backstage/note.ts'
import type { AnswerOf, BodyOf, RequestName } from './requests.ts'
import type { WriteDown } from './write-down.ts'

/** The running house, and where it is written down what was done to it. */
export interface ControlDesk extends Backstage {
  readonly writeDown: WriteDown
}

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

  async close_session(desk, { sessionId, keepOut, by }) {
    const session = desk.sessions.find(sessionId)
    if (session === undefined) return { session: null }
    const shown = showSession(desk, session)
    const outcome = await closeSession(desk, session, { keepOut })
    return { session: shown, outcome, isWrittenDown: await desk.writeDown(by, noteClosed(shown, { keepOut })) }
  },

  async eject_session(desk, { sessionId, conversation, keepOut, by }) {
    const session = desk.sessions.find(sessionId)
    if (session === undefined) return { session: null, wasIn: false }
    const shown = showSession(desk, session)
    const asks = { conversation, keepOut }
    const ejected = await ejectSession(desk, session, asks)
    if (!ejected.wasIn) return { session: shown, ...ejected }
    return { session: shown, ...ejected, isWrittenDown: await desk.writeDown(by, noteEjected(shown, asks)) }
  },

  list_key_uses: (backstage, { apiKey }) => ({ uses: countKeyUses(backstage, apiKey) }),

  explain: (backstage, question) => explain(backstage, question),
} satisfies Answers
