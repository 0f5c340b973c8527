import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { systemClock } from '../clock.ts'
import { DeadlineQueue, NOT_QUEUED, type Timed } from './deadline-queue.ts'

const START = 1_000_000

beforeEach(() => {
  vi.useFakeTimers({ now: START * 1000 })
})
afterEach(() => {
  vi.useRealTimers()
})

interface Named extends Timed {
  readonly name: string
}

function named(name: string): Named {
  return { name, dueAt: 0, place: NOT_QUEUED }
}

function begin(onDue: (item: Named) => void = () => {}) {
  const told: [string, number][] = []
  const deadlines = new DeadlineQueue<Named>(systemClock, (item) => {
    told.push([item.name, Date.now() / 1000 - START])
    onDue(item)
  })
  return { deadlines, told, put: (item: Named, inSeconds: number) => deadlines.put(item, START + inSeconds) }
}

describe('a deadline queue', () => {
  it('tells of each at its time, in whatever order they were put down, and has one timer for them all', () => {
    const { told, put } = begin()
    for (const seconds of [5, 1, 4, 2, 3, 2.5, 6]) put(named(`${seconds}`), seconds)
    expect(vi.getTimerCount()).toBe(1)
    vi.advanceTimersByTime(10_000)
    expect(told).toEqual([1, 2, 2.5, 3, 4, 5, 6].map((seconds) => [`${seconds}`, seconds]))
    expect(vi.getTimerCount()).toBe(0)
  })

  it('reports an entry that was rescheduled at its new time only', () => {
    const { told, put } = begin()
    const [one, other] = [named('one'), named('other')]
    put(one, 1)
    put(other, 2)
    put(one, 3)
    vi.advanceTimersByTime(10_000)
    expect(told).toEqual([
      ['other', 2],
      ['one', 3],
    ])
  })

  it('tells at once of what was due before it was put down', () => {
    const { told, put } = begin()
    put(named('late'), -5)
    vi.advanceTimersByTime(1)
    expect(told).toEqual([['late', expect.closeTo(0, 2)]])
  })

  it('tells of nothing that is struck out, and has no timer where nothing is left', () => {
    const { deadlines, told, put } = begin()
    const [one, other] = [named('one'), named('other')]
    put(one, 1)
    put(other, 2)
    deadlines.remove(one)
    deadlines.remove(one)
    vi.advanceTimersByTime(1_500)
    deadlines.remove(other)
    expect(vi.getTimerCount()).toBe(0)
    vi.advanceTimersByTime(10_000)
    expect(told).toEqual([])
  })

  it('takes what is put down again, or struck out, while it tells', () => {
    const [one, other] = [named('one'), named('other')]
    const { deadlines, told, put } = begin((item) => {
      if (item === one && told.length === 1) deadlines.put(one, START + 3)
      deadlines.remove(other)
    })
    put(one, 1)
    put(other, 1)
    vi.advanceTimersByTime(10_000)
    expect(told).toEqual([
      ['one', 1],
      ['one', 3],
    ])
  })

  it('goes on where one of them throws', () => {
    const { told, put } = begin(({ name }) => {
      if (name === 'bad') throw new Error('bad')
    })
    put(named('bad'), 1)
    put(named('good'), 2)
    expect(() => vi.advanceTimersByTime(1_000)).toThrow('bad')
    vi.advanceTimersByTime(1_000)
    expect(told.map(([name]) => name)).toEqual(['bad', 'good'])
  })

  it('tells of each of thousands that come and go, at its time', () => {
    const { deadlines, told, put } = begin()
    const items = Array.from({ length: 2_000 }, (_, at) => named(`${at}`))
    // A sequence that looks drawn by lot, and is the same each time.
    let seed = 1
    const draw = (below: number): number => {
      seed = (seed * 16_807) % 2_147_483_647
      return seed % below
    }
    for (const item of items) put(item, draw(1_000))
    for (let times = 0; times < 2_000; times++) {
      const item = items[draw(items.length)] as Named
      if (draw(2) === 0) deadlines.remove(item)
      else put(item, draw(1_000))
    }
    const left = items.filter(({ place }) => place !== NOT_QUEUED)
    const expected = left.map(({ name, dueAt }): [string, number] => [name, dueAt - START])
    vi.advanceTimersByTime(1_000_000)
    const byName = ([one]: [string, number], [other]: [string, number]): number => Number(one) - Number(other)
    expect(told.sort(byName)).toEqual(expected)
  })
})
