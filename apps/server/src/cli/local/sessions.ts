import type { SessionClient } from '../platform-client.ts'
import { askServer } from './ask-server.ts'
import { type StoreSettings, whoAsks } from './store.ts'

/** The sessions of the running server. */
export function localSessions({ data }: Pick<StoreSettings, 'data'>): SessionClient {
  return {
    list: (filter) => askServer(data, 'list_sessions', filter),

    async close(sessionId, asks) {
      const { session, ...done } = await askServer(data, 'close_session', { sessionId, ...asks, by: whoAsks() })
      return session === null ? undefined : { session, ...done }
    },

    async eject(sessionId, asks) {
      const { session, ...done } = await askServer(data, 'eject_session', { sessionId, ...asks, by: whoAsks() })
      return session === null ? undefined : { session, ...done }
    },
  }
}
