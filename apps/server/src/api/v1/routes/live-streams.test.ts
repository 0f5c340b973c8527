import { PassThrough } from 'node:stream'
import { describe, expect, it, vi } from 'vitest'
import { LiveStreams, MAX_STREAMS_PER_ACCOUNT } from './live-streams.ts'

function openAll(streams: LiveStreams, onGone = () => {}) {
  const answers = Array.from({ length: MAX_STREAMS_PER_ACCOUNT }, () => new PassThrough())
  for (const answer of answers) streams.open('acc_1', answer, onGone)
  return answers
}

describe('a live stream', () => {
  it.each([
    ['ends', (answer: PassThrough) => answer.end()],
    ['is cut off', (answer: PassThrough) => answer.destroy()],
    ['fails', (answer: PassThrough) => answer.destroy(new Error('the peer is gone'))],
  ])('makes room for another when its answer %s', async (_how, end) => {
    const streams = new LiveStreams()
    const onGone = vi.fn()
    const [first] = openAll(streams, onGone)
    expect(() => streams.open('acc_1', new PassThrough(), onGone)).toThrow('streams open')
    end((first as PassThrough).resume())
    await vi.waitFor(() => expect(onGone).toHaveBeenCalledOnce())
    expect(() => streams.open('acc_1', new PassThrough(), onGone)).not.toThrow()
  })

  it('does not stay open if its client disconnected before it was opened', async () => {
    const streams = new LiveStreams()
    const onGone = vi.fn()
    const answer = new PassThrough()
    answer.destroy()
    const { readable } = streams.open('acc_1', answer, onGone)
    await vi.waitFor(() => expect(onGone).toHaveBeenCalledOnce())
    expect(readable.destroyed).toBe(true)
  })
})
