import { describe, expect, it } from 'vitest'
import { attemptInWords, stateInWords } from './delivery.ts'

describe('an attempt in words', () => {
  it.each([
    [{ status: 204, millis: 34.6, reason: null }, 'HTTP 204 (35 ms)'],
    [{ status: 500, millis: 2_400, reason: 'the endpoint answered 500' }, 'HTTP 500 (2.4 s)'],
    [{ status: 302, millis: 5, reason: 'a redirect' }, 'HTTP 302, redirects are not followed (5 ms)'],
    [{ status: null, millis: 3, reason: 'the connection was refused' }, 'The connection was refused (3 ms)'],
  ])('%o is "%s"', (attempt, words) => expect(attemptInWords({ at: 0, ...attempt })).toBe(words))
})

describe('the state of a delivery', () => {
  it.each([
    ['pending', 0, 'Pending'],
    ['held', 0, 'Pending'],
    ['pending', 1, 'Retrying'],
    ['delivered', 2, 'Delivered'],
    ['dead', 7, 'Failed'],
  ] as const)('%s after %i attempts is %s', (state, tries, word) =>
    expect(stateInWords({ state, tries }).word).toBe(word),
  )

  it('is red while it fails, and green only when it was delivered', () => {
    const colours = [
      stateInWords({ state: 'pending', tries: 1 }),
      stateInWords({ state: 'dead', tries: 7 }),
      stateInWords({ state: 'delivered', tries: 1 }),
    ].map(({ colour }) => colour)
    expect(colours).toEqual(['red.9', 'red.9', 'teal.9'])
  })
})
