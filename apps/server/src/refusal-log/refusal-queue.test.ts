import { describe, expect, it } from 'vitest'
import { reportOf } from './refusal.fixture.ts'
import { MAX_WAITING, MAX_WAITING_PER_API_KEY, RefusalQueue } from './refusal-queue.ts'
import type { RefusalRecord } from './report.ts'

function recordOf(rest: Partial<RefusalRecord> = {}): RefusalRecord {
  const { at, isProven: _told, ...report } = reportOf()
  return { ...report, latestRefusalId: report.refusalId, firstAt: at, lastAt: at, count: 1, ...rest }
}

const idsOf = (queue: RefusalQueue, most: number) => queue.take(most).refusals.map(({ record }) => record.refusalId)

describe('refusals waiting to be written', () => {
  it('wait once, in their latest state', () => {
    const queue = new RefusalQueue()
    const record = recordOf()
    queue.add(record, true)
    queue.add({ ...record, count: 2 }, true)
    expect(queue.take(10).refusals).toEqual([{ record: { ...record, count: 2 }, isProven: true }])
    expect(queue.size).toBe(0)
  })

  it('are taken from each API key in turn, those with a valid signature first', () => {
    const queue = new RefusalQueue()
    for (const refusalId of ['a1', 'a2', 'a3']) queue.add(recordOf({ apiKey: 'a', refusalId }), true)
    queue.add(recordOf({ apiKey: 'c', refusalId: 'c1' }), false)
    queue.add(recordOf({ apiKey: 'b', refusalId: 'b1' }), true)
    expect(idsOf(queue, 3)).toEqual(['a1', 'b1', 'a2'])
    expect(idsOf(queue, 3)).toEqual(['a3', 'c1'])
    expect(idsOf(queue, 3)).toEqual([])
  })

  it('are put back unless there is a later state', () => {
    const queue = new RefusalQueue()
    const [one, two] = [recordOf(), recordOf()]
    for (const record of [one, two]) queue.add(record, true)
    const batch = queue.take(10)
    queue.add({ ...two, count: 5 }, true)
    queue.putBack(batch)
    const counts = queue.take(10).refusals.map(({ record }) => [record.refusalId, record.count])
    expect(new Map(counts as [string, number][])).toEqual(
      new Map([
        [one.refusalId, 1],
        [two.refusalId, 5],
      ]),
    )
  })

  it(`are at most ${MAX_WAITING_PER_API_KEY} per API key: others are counted, without affecting other API keys`, () => {
    const queue = new RefusalQueue()
    for (let at = 0; at < MAX_WAITING_PER_API_KEY + 2; at++) queue.add(recordOf({ firstAt: at, lastAt: at }), false)
    queue.add(recordOf(), true)
    queue.add(recordOf({ apiKey: 'other' }), false)
    const { refusals, discarded } = queue.take(Number.POSITIVE_INFINITY)
    expect(refusals).toHaveLength(MAX_WAITING_PER_API_KEY + 2)
    const [first, last] = [MAX_WAITING_PER_API_KEY, MAX_WAITING_PER_API_KEY + 1]
    expect(discarded).toEqual(new Map([['shop', { count: 2, firstAt: first, lastAt: last }]]))
  })

  it(`are at most ${MAX_WAITING} in total, and as many without a valid signature`, () => {
    const queue = new RefusalQueue()
    for (let at = 0; at <= MAX_WAITING; at++) {
      for (const isProven of [true, false]) queue.add(recordOf({ apiKey: `key ${at % 100}` }), isProven)
    }
    const { refusals, discarded } = queue.take(Number.POSITIVE_INFINITY)
    expect(refusals).toHaveLength(2 * MAX_WAITING)
    expect([...discarded.values()]).toMatchObject([{ count: 2 }])
  })

  it('are dropped with their API key', () => {
    const queue = new RefusalQueue()
    for (const apiKey of ['gone', 'shop']) {
      queue.add(recordOf({ apiKey }), true)
      queue.discard(recordOf({ apiKey }))
    }
    queue.forget('gone')
    expect(queue.take(10)).toMatchObject({ refusals: [{ record: { apiKey: 'shop' } }] })
    expect(queue.size).toBe(0)
  })
})
