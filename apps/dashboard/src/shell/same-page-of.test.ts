import { describe, expect, it } from 'vitest'
import { samePageOf } from './same-page-of.ts'

describe('the same page for another API key', () => {
  it.each([
    ['/keys/one/live', '/keys/two/live'],
    ['/keys/one', '/keys/two'],
    ['/keys/one/refusals/r1', '/keys/two/refusals'],
    ['/team', '/keys/two'],
  ])('is, from %s, %s', (from, to) => expect(samePageOf(from, 'two')).toBe(to))
})
