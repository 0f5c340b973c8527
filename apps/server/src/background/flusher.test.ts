import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { systemClock } from '../clock.ts'
import { Flusher, MAX_WRITES_OF_FLUSH } from './flusher.ts'

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] })
})
afterEach(() => {
  vi.useRealTimers()
})

/** Collects numbers, and writes two of them at a time. */
function open() {
  const waiting: number[] = []
  const written: number[][] = []
  const state = { isDown: false, isHanging: false, tries: 0, before: undefined as (() => Promise<void>) | undefined }
  const onError = vi.fn()
  const flusher = new Flusher({
    async write() {
      state.tries++
      if (state.isHanging) await new Promise(() => {})
      if (state.isDown) throw new Error('down')
      const part = waiting.splice(0, 2)
      await state.before?.()
      if (part.length > 0) written.push(part)
      return waiting.length > 0
    },
    seconds: 1,
    clock: systemClock,
    onError,
  })
  const add = (...items: number[]) => {
    waiting.push(...items)
    flusher.wake()
  }
  return { flusher, add, written, state, onError }
}

const pass = async (seconds: number) => {
  for (let at = 0; at < seconds; at++) {
    await vi.advanceTimersByTimeAsync(1_000)
    await new Promise((turn) => setImmediate(turn))
  }
}

describe('collected data', () => {
  it('is written a second later, one part a second', async () => {
    const { add, written } = open()
    add(1, 2, 3)
    await vi.advanceTimersByTimeAsync(999)
    expect(written).toEqual([])
    await pass(1)
    expect(written).toEqual([[1, 2]])
    await pass(1)
    expect(written).toEqual([[1, 2], [3]])
  })

  it('is written immediately by a flush, up to its limit', async () => {
    const { flusher, add, written } = open()
    add(...Array.from({ length: 2 * MAX_WRITES_OF_FLUSH + 1 }, (_none, at) => at))
    await flusher.flush()
    expect(written).toHaveLength(MAX_WRITES_OF_FLUSH)
    await pass(1)
    expect(written).toHaveLength(MAX_WRITES_OF_FLUSH + 1)
  })

  it('is written later if it is added during a write', async () => {
    const { add, written, state } = open()
    let goOn = (): void => {}
    state.before = () => new Promise<void>((done) => (goOn = done))
    add(1)
    await pass(1)
    state.before = undefined
    add(2)
    await pass(1)
    expect(written).toEqual([])
    goOn()
    await pass(1)
    expect(written.flat()).toEqual([1, 2])
  })

  it('is retried until it is written, and the failure is reported once', async () => {
    const { add, written, state, onError } = open()
    state.isDown = true
    add(1)
    await pass(5)
    expect([state.tries > 2, onError.mock.calls.length]).toEqual([true, 1])
    state.isDown = false
    await pass(2)
    expect(written).toEqual([[1]])
    state.isDown = true
    add(2)
    await pass(2)
    expect(onError).toHaveBeenCalledTimes(2)
  })

  it('is written at shutdown', async () => {
    const { flusher, add, written, state } = open()
    add(1, 2, 3)
    await flusher.close(5)
    expect(written).toEqual([[1, 2], [3]])
    const { tries } = state
    add(4)
    await pass(3)
    expect(state.tries).toBe(tries)
  })

  it('does not delay shutdown while the store is down, or beyond the limit', async () => {
    const down = open()
    down.state.isDown = true
    down.add(1)
    await down.flusher.close(5)
    const hanging = open()
    hanging.state.isHanging = true
    hanging.add(1)
    const closed = vi.fn()
    void hanging.flusher.close(5).then(closed)
    await pass(4)
    expect(closed).not.toHaveBeenCalled()
    await pass(1)
    expect(closed).toHaveBeenCalled()
  })
})
