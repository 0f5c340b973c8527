import { describe, expect, it } from 'vitest'
import type { RawData } from 'ws'
import { FRAMES_PER_TURN, FrameQueue } from './frame-queue.ts'

function open(take: (text: string) => Promise<void> | undefined = () => undefined) {
  const taken: string[] = []
  const faults: unknown[] = []
  let isPaused = false
  const socket = {
    pause: () => {
      isPaused = true
    },
    resume: () => {
      isPaused = false
    },
  }
  const frames = new FrameQueue(socket, {
    take(data: RawData) {
      taken.push(String(data))
      return take(String(data))
    },
    fail: (error) => faults.push(error),
  })
  const push = (...texts: string[]) => {
    for (const text of texts) frames.push(Buffer.from(text), false)
  }
  return { taken, faults, push, isPaused: () => isPaused }
}

const numbers = (count: number) => Array.from({ length: count }, (_none, at) => `${at}`)
const nextTurn = () => new Promise<void>((done) => setImmediate(done))

describe('the frames of a socket', () => {
  it(`are taken at once, ${FRAMES_PER_TURN} of them, and the others in later turns and in order`, async () => {
    const { taken, push, isPaused } = open()
    const all = numbers(3 * FRAMES_PER_TURN + 1)
    push(...all)
    expect([taken.length, isPaused()]).toEqual([FRAMES_PER_TURN, true])
    let turns = 0
    for (; taken.length < all.length; turns++) await nextTurn()
    expect(taken).toEqual(all)
    expect(turns).toBeGreaterThanOrEqual(3)
    expect(isPaused()).toBe(false)
  })

  it('of one socket that sends too many at once do not keep those of another waiting', () => {
    const [flooder, other] = [open(), open()]
    flooder.push(...numbers(10_000))
    other.push('hello')
    expect([flooder.taken.length, other.taken]).toEqual([FRAMES_PER_TURN, ['hello']])
  })

  it('wait for one that is waited for, and nothing more is read meanwhile', async () => {
    let goOn = (): void => {}
    const { taken, push, isPaused } = open((text) =>
      text === 'slow' ? new Promise<void>((done) => (goOn = done)) : undefined,
    )
    push('slow', 'a', 'b')
    await nextTurn()
    expect([taken, isPaused()]).toEqual([['slow'], true])
    goOn()
    await nextTurn()
    expect([taken, isPaused()]).toEqual([['slow', 'a', 'b'], false])
  })

  it('go on after one that failed, at once or later', async () => {
    const { taken, faults, push, isPaused } = open((text) => {
      if (text === 'throws') throw new Error(text)
      return text === 'rejects' ? Promise.reject(new Error(text)) : undefined
    })
    push('throws', 'rejects', 'a')
    await nextTurn()
    expect(taken).toEqual(['throws', 'rejects', 'a'])
    expect(faults).toMatchObject([{ message: 'throws' }, { message: 'rejects' }])
    expect(isPaused()).toBe(false)
  })
})
