import { remove } from '../conversation/leave.ts'
import type { RefusalRecord } from '../refusal/report.ts'
import { rehearse } from '../rehearsal/rehearse.ts'
import type { Session } from '../session/session.ts'
import type { Backstage } from './backstage.ts'
import type { AnswerOf, BodyOf, RequestName, ShownRefusal, ShownSession } from './requests.ts'

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

  list_sessions(backstage, { apiKey, userId, limit }) {
    const found = [...backstage.sessions.all()].filter(
      (session) =>
        (apiKey === undefined || session.apiKey === apiKey) && (userId === undefined || session.userId === userId),
    )
    return { sessions: found.slice(0, limit).map((session) => showSession(backstage, session)), total: found.length }
  },

  async close_session(backstage, { sessionId, keepOut }) {
    const session = findSession(backstage, sessionId)
    if (session === undefined) return { session: null }
    const shown = showSession(backstage, session)
    if (keepOut) return { session: shown, outcome: await backstage.keepOut(session, 'session_closed') }
    session.close('session_closed')
    return { session: shown }
  },

  async eject_session(backstage, { sessionId, conversation, keepOut }) {
    const session = findSession(backstage, sessionId)
    if (session === undefined) return { session: null, wasIn: false }
    const shown = showSession(backstage, session)
    const membership = backstage.conversations.find(session, conversation)
    if (!membership.ok) return { session: shown, wasIn: false }
    if (keepOut) return { session: shown, wasIn: true, outcome: await backstage.keepOut(session, 'ejected') }
    remove(backstage.conversations, membership.value, 'ejected')
    return { session: shown, wasIn: true }
  },

  list_key_uses({ sessions, keyUses }, { apiKey }) {
    const uses = new Map(keyUses.of(apiKey).map(({ keyId, at }) => [keyId, { keyId, sessions: 0, lastUsedAt: at }]))
    for (const session of sessions.usersOf(apiKey).flatMap((user) => [...user])) {
      const use = uses.get(session.admission.keyId ?? '')
      if (use !== undefined) use.sessions++
    }
    return { uses: [...uses.values()] }
  },

  async explain({ door, conversations }, question) {
    await door.fetchKeysFor(question.apiKey, question.token)
    return rehearse(question, {
      answerKnock: (knock) => door.answer(knock),
      countContacts: (apiKey, conversation) => conversations.countContacts(apiKey, conversation),
    })
  },
} satisfies Answers

function findSession({ sessions }: Backstage, sessionId: string): Session | undefined {
  return [...sessions.all()].find(({ id }) => id === sessionId)
}

function showRefusal({ pageOf }: Backstage, record: RefusalRecord): ShownRefusal {
  return { ...record, docs: pageOf(record.code) }
}

function showSession({ conversations, sessions }: Backstage, session: Session): ShownSession {
  return {
    sessionId: session.id,
    userId: session.userId,
    apiKey: session.apiKey,
    since: session.since,
    until: session.admission.expiresAt,
    keyId: session.admission.keyId,
    comesBackUntil: sessions.comesBackUntil(session),
    conversations: conversations.of(session).map(({ name }) => name),
  }
}
