import { describe, expect, it, onTestFinished, vi } from 'vitest'
import type { KeyUse } from '../api-key/key-store.ts'
import { systemClock } from '../clock.ts'
import { KEY_USES_INTERVAL_SECONDS, KeyUses, writeKeyUses } from './key-uses.ts'

const INTERVAL_MS = KEY_USES_INTERVAL_SECONDS * 1_000

function start() {
  vi.useFakeTimers()
  onTestFinished(() => void vi.useRealTimers())
  const uses = new KeyUses()
  const written: (readonly KeyUse[])[] = []
  const errors: unknown[] = []
  let isDown = false
  const store = {
    recordKeyUses: async (those: readonly KeyUse[]) => {
      if (isDown) throw new Error('no answer')
      written.push(those)
    },
  }
  const stop = writeKeyUses({ uses, store, clock: systemClock, onError: (error) => errors.push(error) })
  return {
    uses,
    written,
    errors,
    stop,
    setDown(down: boolean) {
      isDown = down
    },
  }
}

describe('the uses of signing keys', () => {
  it('are recorded periodically, only the latest of each key', async () => {
    const { uses, written, stop } = start()
    uses.note('shop', 'two', 5)
    uses.note('shop', 'one', 6)
    uses.note('shop', 'two', 7)
    await vi.advanceTimersByTimeAsync(INTERVAL_MS - 1)
    expect(written).toEqual([])
    await vi.advanceTimersByTimeAsync(1)
    expect(written).toEqual([
      [
        { apiKey: 'shop', keyId: 'one', at: 6 },
        { apiKey: 'shop', keyId: 'two', at: 7 },
      ],
    ])
    await vi.advanceTimersByTimeAsync(3 * INTERVAL_MS)
    expect(written).toHaveLength(1)
    await stop()
  })

  it('are recorded at the next interval if the store is down, and at shutdown', async () => {
    const { uses, written, errors, stop, setDown } = start()
    setDown(true)
    uses.note('shop', 'one', 5)
    await vi.advanceTimersByTimeAsync(INTERVAL_MS)
    expect([written, errors]).toEqual([[], [expect.any(Error)]])
    setDown(false)
    uses.note('shop', 'two', 6)
    await stop()
    expect(written.flat().map(({ keyId }) => keyId)).toEqual(['one', 'two'])
    await vi.advanceTimersByTimeAsync(3 * INTERVAL_MS)
    expect(written).toHaveLength(1)
  })
})
