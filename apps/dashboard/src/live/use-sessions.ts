import { useCallback, useEffect, useReducer, useRef } from 'react'
import { admin } from '../platform/admin.ts'
import { type Connection, useLive } from '../platform/use-live.ts'
import type { SessionsEvent } from './live-list.ts'
import { applyEvent, NOTHING_READ, read, type SessionsState } from './sessions-state.ts'

/** Sessions per page: the most that the API allows. */
const PAGE = 100
export const SORTS = ['-since', 'since', 'until', 'userId'] as const
export const NEWEST_FIRST = SORTS[0]

export interface SessionsQuery {
  readonly search?: string | undefined
  readonly conversation?: string | undefined
  readonly keyId?: string | undefined
  readonly sort: (typeof SORTS)[number]
}

export interface LiveSessions extends SessionsState {
  readonly connection: Connection
  loadMore(): void
  reload(): void
}

/** Loads the live sessions of an API key page by page, and keeps them up to date with live events. */
export function useSessions(apiKey: string, query: SessionsQuery): LiveSessions {
  const [state, change] = useReducer(
    (before: SessionsState, step: (state: SessionsState) => SessionsState) => step(before),
    NOTHING_READ,
  )
  const { search, conversation, keyId, sort } = query
  const isPlain = search === undefined && conversation === undefined && keyId === undefined && sort === NEWEST_FIRST
  // An answer to an earlier query is ignored.
  const asked = useRef(0)
  // Events that arrive while a page is loading, which may be newer than the page; undefined when none is loading.
  const meanwhile = useRef<SessionsEvent[]>(undefined)

  const load = useCallback(
    async (cursor: string | undefined) => {
      const isFirst = cursor === undefined
      const turn = isFirst ? ++asked.current : asked.current
      const happened: SessionsEvent[] = []
      meanwhile.current = happened
      const filter = { search, conversation, keyId, cursor }
      const given = Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined))
      change((before) => ({ ...before, isLoading: true }))
      try {
        const page = await admin.get('/api/v1/keys/{key}/sessions', {
          params: { path: { key: apiKey }, query: { limit: PAGE, sort, ...given } },
        })
        if (turn !== asked.current) return
        meanwhile.current = undefined
        change((before) =>
          happened.reduce((state, event) => applyEvent(state, event, isPlain), read(before, page, isFirst)),
        )
      } catch (error) {
        if (turn !== asked.current) return
        meanwhile.current = undefined
        change((before) => ({ ...before, isLoading: false, error: error as Error }))
      }
    },
    [apiKey, search, conversation, keyId, sort, isPlain],
  )
  useEffect(() => void load(undefined), [load])

  const reload = () => void load(undefined)
  const connection = useLive(apiKey, {
    hello: reload,
    resync: reload,
    sessions(event) {
      meanwhile.current?.push(event)
      change((before) => applyEvent(before, event, isPlain))
    },
  })
  return {
    ...state,
    connection,
    reload,
    loadMore() {
      if (state.cursor !== null && !state.isLoading) void load(state.cursor)
    },
  }
}
