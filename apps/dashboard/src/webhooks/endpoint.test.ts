import { describe, expect, it } from 'vitest'
import { hostOf, stateInWords, typesInWords } from './endpoint.ts'

describe('an endpoint in words', () => {
  it('receives all events when it names no types', () => expect(typesInWords(null)).toBe('All events'))

  it('lists the events it receives', () =>
    expect(typesInWords(['session.opened', 'refusals.burst'])).toBe('Session opened, burst of refusals'))

  it('is gone rather than disabled when it answered so itself', () =>
    expect([true, false].map((isGone) => stateInWords({ state: 'disabled', isGone }).word)).toEqual([
      'Gone (410)',
      'Disabled',
    ]))

  it('is named by its host', () => expect(hostOf('https://shop.example:8443/events?a=b')).toBe('shop.example:8443'))
})
