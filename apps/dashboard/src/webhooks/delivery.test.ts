import { describe, expect, it } from 'vitest'
import { attemptInWords } from './delivery.ts'

describe('an attempt in words', () => {
  it.each([
    [{ status: 204, millis: 34.6, reason: null }, 'it answered 204, after 35 ms'],
    [{ status: 500, millis: 2_400, reason: 'it answered 500' }, 'it answered 500, after 2.4 s'],
    [{ status: null, millis: 3, reason: 'the connection was refused' }, 'the connection was refused, after 3 ms'],
  ])('%o is "%s"', (attempt, words) => expect(attemptInWords({ at: 0, ...attempt })).toBe(words))
})
