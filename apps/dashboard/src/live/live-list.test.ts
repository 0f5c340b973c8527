import { describe, expect, it } from 'vitest'
import { type LiveList, refreshNow, type Session } from './live-list.ts'

const session = (sessionId: string, since = 0): Session => ({
  sessionId,
  userId: sessionId,
  apiKey: 'key',
  since,
  until: 100,
  keyId: null,
  reconnectUntil: null,
  conversations: [],
  address: null,
  origin: null,
  userAgent: null,
})
const nothing = { opened: [], changed: [], closed: [], total: 0 }
const ids = ({ items }: LiveList) => items.map(({ sessionId }) => sessionId)
const two: LiveList = { items: [session('b', 2), session('a', 1)], fresh: 0 }

describe('an event of live sessions', () => {
  it('puts opened sessions at the top, the newest first', () => {
    expect(ids(refreshNow(two, { ...nothing, opened: [session('c', 3), session('d', 4)] }, true))).toEqual([
      'd',
      'c',
      'b',
      'a',
    ])
  })

  it('only counts opened sessions where the list has another order', () => {
    const list = refreshNow(two, { ...nothing, opened: [session('c', 3)] }, false)
    expect([ids(list), list.fresh]).toEqual([['b', 'a'], 1])
  })

  it('removes closed sessions and updates changed ones in place', () => {
    const list = refreshNow(
      two,
      {
        ...nothing,
        closed: [{ sessionId: 'b', reason: 'x' }],
        changed: [{ ...session('a'), conversations: ['room'] }],
      },
      true,
    )
    expect(list.items).toMatchObject([{ sessionId: 'a', conversations: ['room'] }])
  })

  it('does not list a session twice', () => {
    expect(ids(refreshNow(two, { ...nothing, opened: [session('a', 1)] }, true))).toEqual(['b', 'a'])
  })

  it('never shows a session that opened and closed within the same event', () => {
    const event = { ...nothing, opened: [session('c', 3)], closed: [{ sessionId: 'c', reason: 'x' }] }
    expect(ids(refreshNow(two, event, true))).toEqual(['b', 'a'])
    expect(refreshNow(two, event, false).fresh).toBe(0)
  })
})
