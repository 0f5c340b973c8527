import { describe, expect, it } from 'vitest'
import { isMuted, streamInWords } from './stream-in-words.ts'

const CAMERA = { audio: true, video: true, screen: false, audioMuted: false, videoMuted: false }

describe('a stream in words', () => {
  it.each([
    [CAMERA, 'Audio, video', false],
    [{ ...CAMERA, audioMuted: true }, 'Audio muted, video', true],
    [{ ...CAMERA, audioMuted: true, videoMuted: true }, 'Audio muted, video muted', true],
    [{ ...CAMERA, audio: false, screen: true }, 'Screen', false],
    [{ ...CAMERA, video: false, videoMuted: true }, 'Audio', false],
  ])('%o is "%s"', (stream, words, muted) => {
    expect([streamInWords(stream), isMuted(stream)]).toEqual([words, muted])
  })
})
