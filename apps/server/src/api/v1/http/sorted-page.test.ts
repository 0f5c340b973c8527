import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { sortedPageOf } from './sorted-page.ts'

interface Item {
  readonly id: string
  readonly age: number
  readonly name: string
}

const SORTING = {
  by: { age: ({ age }: Item) => age, name: ({ name }: Item) => name },
  idOf: ({ id }: Item) => id,
} as const
type Sort = 'age' | '-age' | 'name' | '-name'

/** All items, page after page. */
function walk(items: readonly Item[], sort: Sort, limit: number): Item[] {
  const seen: Item[] = []
  let cursor: string | undefined
  for (;;) {
    const page = sortedPageOf(items, SORTING, { limit, cursor, sort })
    expect(page.total).toBe(items.length)
    expect(page.items.length).toBeLessThanOrEqual(limit)
    seen.push(...page.items)
    if (page.nextCursor === null) return seen
    cursor = page.nextCursor
  }
}

const itemsOf = fc
  .array(fc.record({ age: fc.integer({ min: 0, max: 3 }), name: fc.constantFrom('alice', 'Alice', 'bob', 'ä "]') }), {
    maxLength: 30,
  })
  .map((items) => items.map((item, at) => ({ ...item, id: `${at}` })))

describe('pages of a sorted list', () => {
  it.each(['age', '-age', 'name', '-name'] as const)('are in order, without omissions or repetitions: %s', (sort) => {
    const sign = sort.startsWith('-') ? -1 : 1
    const read = SORTING.by[sort.replace('-', '') as 'age' | 'name']
    fc.assert(
      fc.property(itemsOf, fc.integer({ min: 1, max: 7 }), (items, limit) => {
        const seen = walk(items, sort, limit)
        expect(seen.map(({ id }) => id).sort()).toEqual(items.map(({ id }) => id).sort())
        for (const [at, item] of seen.slice(1).entries()) {
          const [one, other] = [read(seen[at] as Item), read(item)]
          expect(one === other || (sign > 0 ? one < other : one > other)).toBe(true)
        }
      }),
    )
  })

  it('include every item that stays exactly once, while others are added and removed', () => {
    const items = Array.from({ length: 6 }, (_none, at): Item => ({ id: `${at}`, age: at, name: '' }))
    const first = sortedPageOf(items, SORTING, { limit: 2, sort: '-age', cursor: undefined })
    expect(first.items.map(({ id }) => id)).toEqual(['5', '4'])
    const later = [{ id: 'new', age: 9, name: '' }, ...items.filter(({ id }) => id !== '4')]
    const second = sortedPageOf(later, SORTING, { limit: 2, sort: '-age', cursor: first.nextCursor ?? '' })
    expect(second.items.map(({ id }) => id)).toEqual(['3', '2'])
  })

  it('reject a cursor of another order, or a made-up one', () => {
    const items = Array.from({ length: 3 }, (_none, at): Item => ({ id: `${at}`, age: at, name: '' }))
    const { nextCursor } = sortedPageOf(items, SORTING, { limit: 1, sort: 'age', cursor: undefined })
    const madeUp = [nextCursor ?? '', ...['none', '["-age"]'].map((text) => Buffer.from(text).toString('base64url'))]
    for (const cursor of madeUp) {
      expect(() => sortedPageOf(items, SORTING, { limit: 1, sort: '-age', cursor })).toThrow('This cursor is none')
    }
  })
})
