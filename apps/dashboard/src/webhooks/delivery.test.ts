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
    ['pending', 'Pending'],
    ['held', 'Pending'],
    ['retrying', 'Retrying'],
    ['delivered', 'Delivered'],
    ['dead', 'Failed'],
  ] as const)('%s is shown as %s', (state, word) => expect(stateInWords({ state }).word).toBe(word))

  it('is red while it fails, and green only when it was delivered', () => {
    const colours = (['retrying', 'dead', 'delivered'] as const).map((state) => stateInWords({ state }).colour)
    expect(colours).toEqual(['red.9', 'red.9', 'teal.9'])
  })
})
