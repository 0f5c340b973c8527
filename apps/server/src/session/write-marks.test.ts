import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { systemClock } from '../clock.ts'
import { StoreDownError } from '../keyring/store-down.ts'
import type { UsedToken } from '../keyring/used-token-store.ts'
import { MAX_MARKS_PER_WRITE, MarkWriter, WRITE_BEHIND_SECONDS } from './write-marks.ts'

const BEAT_MS = WRITE_BEHIND_SECONDS * 1000

beforeEach(() => {
  vi.useFakeTimers({ now: 0 })
})
afterEach(() => {
  vi.useRealTimers()
})

function open() {
  const written: (readonly UsedToken[])[] = []
  const onError = vi.fn()
  let fails = false
  const store = {
    async addUsedTokens(marks: readonly UsedToken[]) {
      if (fails) throw new StoreDownError('no answer')
      written.push(marks)
    },
  }
  const writer = new MarkWriter({ store, clock: systemClock, onError, onSetAside: () => {} })
  return {
    writer,
    onError,
    add: (...names: string[]) => {
      for (const tokenId of names) writer.add({ apiKey: 'shop', tokenId, forgetAt: 100 })
    },
    written: () => written.splice(0).map((marks) => marks.map(({ tokenId }) => tokenId)),
    fail: (now: boolean) => {
      fails = now
    },
  }
}

describe('the marks of used tokens', () => {
  it('are written together, within a beat, once', async () => {
    const { add, written } = open()
    add('one')
    await vi.advanceTimersByTimeAsync(BEAT_MS / 2)
    add('two')
    expect(written()).toEqual([])
    await vi.advanceTimersByTimeAsync(BEAT_MS / 2)
    expect(written()).toEqual([['one', 'two']])
    await vi.advanceTimersByTimeAsync(10 * BEAT_MS)
    expect(written()).toEqual([])
    expect(vi.getTimerCount()).toBe(0)
  })

  it('that come while others are written follow', async () => {
    const { add, written, writer } = open()
    add('one')
    vi.advanceTimersByTime(BEAT_MS)
    add('two')
    await vi.advanceTimersByTimeAsync(0)
    expect(written()).toEqual([['one'], ['two']])
    add('three')
    await writer.close()
    expect(written()).toEqual([['three']])
  })

  it(`are written ${MAX_MARKS_PER_WRITE} at a time, one time after the other`, async () => {
    const { add, written } = open()
    add(...Array.from({ length: MAX_MARKS_PER_WRITE + 1 }, (_, at) => `${at}`))
    await vi.advanceTimersByTimeAsync(BEAT_MS + 1)
    expect(written().map(({ length }) => length)).toEqual([MAX_MARKS_PER_WRITE, 1])
  })

  it('are kept while the store does not answer, which is told once, and written when it does', async () => {
    const { add, written, fail, onError } = open()
    fail(true)
    add('one')
    await vi.advanceTimersByTimeAsync(3 * BEAT_MS)
    add('two')
    await vi.advanceTimersByTimeAsync(3 * BEAT_MS)
    expect(onError).toHaveBeenCalledTimes(1)
    fail(false)
    await vi.advanceTimersByTimeAsync(BEAT_MS)
    expect(written()).toEqual([['one', 'two']])
  })

  it('are given up when the token has ended by itself', async () => {
    const { writer, add, written, fail } = open()
    fail(true)
    writer.add({ apiKey: 'shop', tokenId: 'short', forgetAt: 5 })
    add('long')
    await vi.advanceTimersByTimeAsync(5_000)
    fail(false)
    await vi.advanceTimersByTimeAsync(BEAT_MS)
    expect(written()).toEqual([['long']])
  })

  it('are written when the platform closes, all of them, and no timer stays', async () => {
    const { writer, add, written } = open()
    add(...Array.from({ length: 2 * MAX_MARKS_PER_WRITE + 1 }, (_, at) => `${at}`))
    await writer.close()
    expect(written().map(({ length }) => length)).toEqual([MAX_MARKS_PER_WRITE, MAX_MARKS_PER_WRITE, 1])
    expect(vi.getTimerCount()).toBe(0)
  })

  it('do not keep a platform from closing where the store does not answer', async () => {
    const { writer, add, fail, onError } = open()
    fail(true)
    add('one')
    await writer.close()
    expect(onError).toHaveBeenCalledTimes(1)
    expect(vi.getTimerCount()).toBe(0)
  })
})
