import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { systemClock } from '../clock.ts'
import { StoreDownError } from '../store-down.ts'
import { MAX_TRIES_OF_RECORD, WriteBehind } from './write-behind.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

/** A store that accepts everything except bad records, and nothing while it is down. */
function open(isBad: (item: number) => boolean = () => false) {
  const written: number[] = []
  const setAside: number[] = []
  const state = { isDown: false, writes: 0 }
  const onError = vi.fn()
  const writer = new WriteBehind<number>({
    async write(batch) {
      state.writes++
      if (state.isDown) throw new StoreDownError('no answer')
      if (batch.some(isBad)) throw new Error('invalid byte sequence')
      written.push(...batch)
    },
    seconds: 0.1,
    mostPerWrite: 500,
    clock: systemClock,
    onError,
    onSetAside: (item) => setAside.push(item),
  })
  return { writer, written, setAside, state, onError }
}

const numbers = (count: number) => Array.from({ length: count }, (_, at) => at)

describe('a record in the background queue', () => {
  it('is written in order, unless the store rejects it: then it is set aside', async () => {
    const { writer, written, setAside } = open((item) => item === 321)
    for (const item of numbers(1_000)) writer.add(item)
    await vi.advanceTimersByTimeAsync(10_000)
    expect(setAside).toEqual([321])
    expect(written).toEqual(numbers(1_000).filter((item) => item !== 321))
    expect(writer.waiting).toBe(0)
  })

  it('is written even if many others are bad', async () => {
    const { writer, written, setAside } = open((item) => item % 10 === 0)
    for (const item of numbers(200)) writer.add(item)
    await vi.advanceTimersByTimeAsync(60_000)
    expect(setAside).toEqual(numbers(200).filter((item) => item % 10 === 0))
    expect(written).toHaveLength(180)
  })

  it('waits while the store is down, and is not set aside', async () => {
    const { writer, written, setAside, state, onError } = open()
    state.isDown = true
    for (const item of numbers(10)) writer.add(item)
    await vi.advanceTimersByTimeAsync(600_000)
    expect([written, setAside, writer.waiting]).toEqual([[], [], 10])
    expect(onError).toHaveBeenCalledOnce()
    state.isDown = false
    await vi.advanceTimersByTimeAsync(1_000)
    expect(written).toEqual(numbers(10))
  })

  it(`is tried ${MAX_TRIES_OF_RECORD} times, because locks and timeouts are temporary`, async () => {
    let failures = MAX_TRIES_OF_RECORD - 1
    const { writer, written, setAside } = open(() => failures-- > 0)
    writer.add(1)
    await vi.advanceTimersByTimeAsync(1_000)
    expect([written, setAside]).toEqual([[1], []])
  })

  it('is written at shutdown if the store accepts it', async () => {
    const { writer, written, setAside } = open((item) => item === 3)
    for (const item of numbers(6)) writer.add(item)
    await writer.close()
    expect(written).toEqual([0, 1, 2, 4, 5])
    expect(setAside).toEqual([3])
  })

  it('does not delay shutdown while the store is down', async () => {
    const { writer, state } = open()
    state.isDown = true
    writer.add(1)
    await writer.close()
    expect(writer.waiting).toBe(1)
  })
})
