import { type Admin, AdminError } from '@stagedoor/admin'
import type { Ban } from '@stagedoor/protocol'
import type { ShownSession } from '../../control/requests.ts'
import type { SessionClient } from '../platform-client.ts'
import { dropNulls } from './drop-nulls.ts'
import { findIn, listApiKeys, MAX_PAGE } from './find-in.ts'
import { sendable } from './sendable.ts'

const SESSION = '/api/v1/keys/{key}/sessions/{sessionId}'

/** The sessions of every API key that the token can read. */
export function remoteSessions(admin: Admin): SessionClient {
  const find = async (sessionId: string): Promise<ShownSession | undefined> => {
    const found = await findIn(admin, (key) => admin.get(SESSION, { params: { path: { key, sessionId } } }))
    return found && dropNulls(found)
  }

  return {
    async list({ apiKey, userId, limit }) {
      const sessions: ShownSession[] = []
      let total = 0
      for (const key of await listApiKeys(admin, apiKey)) {
        const params = { path: { key }, query: sendable({ userId, limit: 1 }) }
        const { total: count } = await admin.get('/api/v1/keys/{key}/sessions', { params })
        total += count
        if (count === 0) continue
        const all = { ...params, query: { ...params.query, limit: MAX_PAGE } }
        let room = limit
        for await (const session of admin.list('/api/v1/keys/{key}/sessions', { params: all })) {
          if (room-- === 0) break
          sessions.push(dropNulls(session))
        }
      }
      sessions.sort((one, other) => one.since - other.since)
      return { sessions: sessions.slice(0, limit), total }
    },

    async close(sessionId, { ban }) {
      const session = await find(sessionId)
      if (session === undefined) return undefined
      const params = { path: { key: session.apiKey, sessionId } }
      const { audited } = await admin.post(`${SESSION}/close`, { params, body: { ...(ban && { ban }) } })
      return { session, isWrittenDown: audited, ...(ban && { outcome: outcomeOf(session, ban) }) }
    },

    async eject(sessionId, { conversation, ban }) {
      const session = await find(sessionId)
      if (session === undefined) return undefined
      const params = { path: { key: session.apiKey, conversation } }
      let audited: boolean
      try {
        const ejected = await admin.post('/api/v1/keys/{key}/conversations/{conversation}/eject', {
          params,
          body: { sessionId, ...(ban && { ban }) },
        })
        audited = ejected.audited
      } catch (error) {
        if (error instanceof AdminError && error.status === 404) return { session, wasIn: false }
        throw error
      }
      return { session, wasIn: true, isWrittenDown: audited, ...(ban && { outcome: outcomeOf(session, ban) }) }
    },
  }
}

// If the ban could not be stored, the API has returned an error.
function outcomeOf({ keyId }: ShownSession, ban: Ban) {
  return keyId === undefined && ban === 'tokens' ? 'no_token' : 'banned'
}
