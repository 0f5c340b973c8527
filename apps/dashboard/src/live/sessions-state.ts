import { refreshNow, type Session, type SessionsEvent } from './live-list.ts'

/** The state of the list of live sessions. */
export interface SessionsState {
  /** `undefined` until the first page has arrived. */
  readonly items: readonly Session[] | undefined
  readonly total: number
  /** How many sessions have opened since that are not listed. */
  readonly fresh: number
  /** Where the next page starts; `null` on the last page. */
  readonly cursor: string | null
  readonly isLoading: boolean
  readonly error: Error | undefined
}

export const NOTHING_READ: SessionsState = {
  items: undefined,
  total: 0,
  fresh: 0,
  cursor: null,
  isLoading: false,
  error: undefined,
}

interface Page {
  readonly items: readonly Session[]
  readonly total: number
  readonly nextCursor: string | null
}

/** Adds a page: the first replaces everything, others are appended. No session is listed twice. */
export function read(before: SessionsState, page: Page, isFirst: boolean): SessionsState {
  const listed = isFirst ? [] : (before.items ?? [])
  const known = new Set(listed.map(({ sessionId }) => sessionId))
  return {
    items: [...listed, ...page.items.filter(({ sessionId }) => !known.has(sessionId))],
    total: page.total,
    fresh: isFirst ? 0 : before.fresh,
    cursor: page.nextCursor,
    isLoading: false,
    error: undefined,
  }
}

/** Applies an event, once the first page has arrived. Without a filter, the count of the event is the count of the list. */
export function applyEvent(before: SessionsState, event: SessionsEvent, isPlain: boolean): SessionsState {
  if (before.items === undefined) return before
  const { items, fresh } = refreshNow({ items: before.items, fresh: before.fresh }, event, isPlain)
  return { ...before, items, fresh, ...(isPlain && { total: event.total }) }
}
