import { describe, expect, it } from 'vitest'
import { parsePublications } from './parse-publications.ts'

describe('what may be published, as it is typed', () => {
  it.each([
    ['audio,video', ['audio', 'video']],
    [' audio , audio ', ['audio']],
    ['none', []],
    ['', []],
  ])('"%s" is read', (text, kinds) => {
    expect(parsePublications(text)).toEqual(kinds)
  })

  it.each(['smell', 'audio,smell', 'audio,none', 'audio,'])('"%s" is refused, with what there is', (text) => {
    expect(() => parsePublications(text)).toThrow('Give a list out of audio, video, screen, data, or none.')
  })
})
