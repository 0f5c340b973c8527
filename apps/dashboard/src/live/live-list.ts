import type { components } from '@stagedoor/admin'

export type Session = components['schemas']['Session']
export type SessionsEvent = components['schemas']['LiveEvents']['sessions']

/** The sessions on screen, and how many have opened since that are not listed. */
export interface LiveList {
  readonly items: readonly Session[]
  /** How many sessions have opened since the list was loaded. */
  readonly fresh: number
}

/**
 * Applies an event to a list: removes closed sessions, updates changed ones, and puts opened ones at the top if the newest come
 * first. In any other order, or filtered, opened sessions are only counted: the API decides where they belong.
 */
export function refreshNow(list: LiveList, { opened, changed, closed }: SessionsEvent, atHead: boolean): LiveList {
  const gone = new Set(closed.map(({ sessionId }) => sessionId))
  const updated = new Map([...changed, ...opened].map((session) => [session.sessionId, session]))
  const known = new Set(list.items.map(({ sessionId }) => sessionId))
  const kept = list.items.flatMap((session) =>
    gone.has(session.sessionId) ? [] : [updated.get(session.sessionId) ?? session],
  )
  const came = opened.filter(({ sessionId }) => !known.has(sessionId) && !gone.has(sessionId))
  if (!atHead) return { items: kept, fresh: list.fresh + came.length }
  const head = came.toSorted((one, other) => other.since - one.since)
  return { items: [...head, ...kept], fresh: list.fresh }
}
