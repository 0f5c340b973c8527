import { describe, expect, it } from 'vitest'
import { parsePublications } from './parse-publications.ts'

describe('a list of kinds of media', () => {
  it.each([
    ['audio,video', ['audio', 'video']],
    [' audio , audio ', ['audio']],
    ['none', []],
    ['', []],
  ])('accepts "%s"', (text, kinds) => {
    expect(parsePublications(text)).toEqual(kinds)
  })

  it.each(['smell', 'audio,smell', 'audio,none', 'audio,'])('rejects "%s" and lists the kinds', (text) => {
    expect(() => parsePublications(text)).toThrow('Expected a list of audio, video, screen, data, or none.')
  })
})
