import { describe, expect, it } from 'vitest'
import { hostOf, stateInWords, typesInWords } from './endpoint.ts'

describe('an endpoint in words', () => {
  it('is told everything where it names no types', () => expect(typesInWords(null)).toBe('Everything that happens'))

  it('is told what it names, as one sentence', () =>
    expect(typesInWords(['session.opened', 'refusals.burst'])).toBe('Sessions that open, bursts of refusals'))

  it('is called gone rather than disabled where it said so itself', () =>
    expect([true, false].map((isGone) => stateInWords({ state: 'disabled', isGone }).word)).toEqual([
      'gone (410)',
      'disabled',
    ]))

  it('is named by its host', () => expect(hostOf('https://shop.example:8443/events?a=b')).toBe('shop.example:8443'))
})
