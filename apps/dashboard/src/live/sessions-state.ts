import { refreshNow, type Session, type SessionsEvent } from './live-list.ts'

/** What is known of the live sessions. */
export interface SessionsState {
  /** Undefined until the first page is there. */
  readonly items: readonly Session[] | undefined
  readonly total: number
  /** How many have opened since that are not in the list. */
  readonly fresh: number
  /** Where the next page begins; null where there is none. */
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

/** Takes a page in: the first in place of all, another behind what is there, and no session twice. */
export function read(before: SessionsState, page: Page, isFirst: boolean): SessionsState {
  const there = isFirst ? [] : (before.items ?? [])
  const known = new Set(there.map(({ sessionId }) => sessionId))
  return {
    items: [...there, ...page.items.filter(({ sessionId }) => !known.has(sessionId))],
    total: page.total,
    fresh: isFirst ? 0 : before.fresh,
    cursor: page.nextCursor,
    isLoading: false,
    error: undefined,
  }
}

/** Takes in what has happened; before the first page is there, nothing. Where nothing is filtered, the event's count is the list's. */
export function happen(before: SessionsState, event: SessionsEvent, isPlain: boolean): SessionsState {
  if (before.items === undefined) return before
  const { items, fresh } = refreshNow({ items: before.items, fresh: before.fresh }, event, isPlain)
  return { ...before, items, fresh, ...(isPlain && { total: event.total }) }
}
