import type { components } from '@stagedoor/admin'

export type Session = components['schemas']['Session']
export type SessionsEvent = components['schemas']['LiveEvents']['sessions']

/** What of the list is on the screen, and what has come since that is not in it. */
export interface LiveList {
  readonly items: readonly Session[]
  /** Sessions that have opened since the list was read, and would stand in it somewhere. */
  readonly fresh: number
}

/**
 * What has happened, taken into a list: the closed go, the changed are changed, the opened stand at its head where the newest do.
 * Where it is sorted otherwise or filtered, they are counted alone: their place is for the API to say.
 */
export function refreshNow(list: LiveList, { opened, changed, closed }: SessionsEvent, atHead: boolean): LiveList {
  const gone = new Set(closed.map(({ sessionId }) => sessionId))
  const anew = new Map([...changed, ...opened].map((session) => [session.sessionId, session]))
  const known = new Set(list.items.map(({ sessionId }) => sessionId))
  const kept = list.items.flatMap((session) =>
    gone.has(session.sessionId) ? [] : [anew.get(session.sessionId) ?? session],
  )
  const came = opened.filter(({ sessionId }) => !known.has(sessionId) && !gone.has(sessionId))
  if (!atHead) return { items: kept, fresh: list.fresh + came.length }
  const head = came.toSorted((one, other) => other.since - one.since)
  return { items: [...head, ...kept], fresh: list.fresh }
}
