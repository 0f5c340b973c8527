import { describe, expect, it } from 'vitest'
import type { Session } from './live-list.ts'
import { applyEvent, NOTHING_READ, read } from './sessions-state.ts'

const session = (sessionId: string): Session => ({
  sessionId,
  userId: sessionId,
  apiKey: 'key',
  since: 0,
  until: 100,
  keyId: null,
  reconnectUntil: null,
  conversations: [],
  address: null,
  origin: null,
  userAgent: null,
})
const page = { items: [session('b'), session('a')], total: 2, nextCursor: 'more' }
const closed = { opened: [], changed: [], closed: [{ sessionId: 'b', reason: 'x' }], total: 1 }
const ids = ({ items }: { items: readonly Session[] | undefined }) => items?.map(({ sessionId }) => sessionId)

describe('the state of the list of live sessions', () => {
  it('ignores events until the first page has arrived', () => {
    expect(applyEvent(NOTHING_READ, closed, true)).toBe(NOTHING_READ)
  })

  it('removes a session that closed while its page was loading', () => {
    const state = [closed].reduce((before, event) => applyEvent(before, event, true), read(NOTHING_READ, page, true))
    expect([ids(state), state.total, state.cursor]).toEqual([['a'], 1, 'more'])
  })

  it('appends another page without listing a session twice', () => {
    const first = read(NOTHING_READ, page, true)
    const next = read(first, { items: [session('a'), session('0')], total: 3, nextCursor: null }, false)
    expect([ids(next), next.total, next.cursor]).toEqual([['b', 'a', '0'], 3, null])
  })

  it('leaves the count to the API when the list is filtered', () => {
    expect(applyEvent(read(NOTHING_READ, page, true), closed, false).total).toBe(2)
  })
})
