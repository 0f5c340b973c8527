import { describe, expect, it, vi } from 'vitest'
import type { UsedToken } from '../keyring/used-token-store.ts'
import { StoreDownError } from '../store-down.ts'
import { MAX_MARKS_PER_WRITE, MarkWriter } from './write-marks.ts'

const markOf = (tokenId: string): UsedToken => ({ apiKey: 'shop', tokenId, forgetAt: 100 })

/** A writer on a store that keeps what it is given, takes no mark that is called `bad`, and answers when it is let. */
function open() {
  const batches: string[][] = []
  const kept = new Set<string>()
  const onError = vi.fn()
  const state = { isDown: false, gate: Promise.resolve() }
  const store = {
    async addUsedTokens(marks: readonly UsedToken[]) {
      const names = marks.map(({ tokenId }) => tokenId)
      batches.push(names)
      await state.gate
      if (state.isDown) throw new StoreDownError('no answer')
      if (names.includes('bad')) throw new Error('a bad record')
      const added = marks.filter(({ tokenId }) => !kept.has(tokenId))
      for (const name of names) kept.add(name)
      return added
    },
  }
  const writer = new MarkWriter({ store, onError })
  const write = (...names: string[]) => Promise.all(names.map((name) => writer.write(markOf(name))))
  return { writer, write, batches, state, onError }
}

describe('the marks of used tokens', () => {
  it('that come at once share a write, and each is answered whether it is new', async () => {
    const { write, batches, writer } = open()
    expect(await write('one', 'two', 'one')).toEqual([true, true, false])
    expect(batches).toEqual([['one', 'two', 'one']])
    expect(await write('two', 'three')).toEqual([false, true])
    expect(writer.waiting).toBe(0)
  })

  it('that come while others are written wait for the next, and nobody is answered before his own is written', async () => {
    const { write, batches, state, writer } = open()
    let letGo: () => void = () => {}
    state.gate = new Promise((done) => (letGo = done))
    const order: string[] = []
    const first = write('one').then(() => order.push('one'))
    await vi.waitFor(() => expect(batches).toHaveLength(1))
    const more = write('two', 'three').then(() => order.push('two and three'))
    await new Promise(setImmediate)
    expect([order, batches.length, writer.waiting]).toEqual([[], 1, 2])
    letGo()
    await Promise.all([first, more])
    expect(order).toEqual(['one', 'two and three'])
    expect(batches).toEqual([['one'], ['two', 'three']])
  })

  it(`are written ${MAX_MARKS_PER_WRITE} at a time`, async () => {
    const { write, batches } = open()
    await write(...Array.from({ length: MAX_MARKS_PER_WRITE + 1 }, (_, at) => `${at}`))
    expect(batches.map(({ length }) => length)).toEqual([MAX_MARKS_PER_WRITE, 1])
  })

  it('are refused while the store is down, which is told once, and written when it is back', async () => {
    const { write, state, onError } = open()
    state.isDown = true
    await expect(write('one', 'two')).rejects.toThrow(StoreDownError)
    await expect(write('three')).rejects.toThrow(StoreDownError)
    expect(onError).toHaveBeenCalledTimes(1)
    state.isDown = false
    expect(await write('one', 'three')).toEqual([true, true])
  })

  it('are not kept out by one that the store will not take', async () => {
    const { writer, batches, onError } = open()
    const names = ['one', 'two', 'bad', 'three', 'four']
    const settled = await Promise.allSettled(names.map((name) => writer.write(markOf(name))))
    expect(settled.map(({ status }) => status)).toEqual([
      'fulfilled',
      'fulfilled',
      'rejected',
      'fulfilled',
      'fulfilled',
    ])
    expect(batches.length).toBeLessThanOrEqual(2 * names.length)
    expect(onError).not.toHaveBeenCalled()
  })

  it('are written before the platform closes', async () => {
    const { writer, batches } = open()
    const written = vi.fn()
    for (const name of ['one', 'two']) void writer.write(markOf(name)).then(written)
    await writer.close()
    expect([batches, written.mock.calls.length]).toEqual([[['one', 'two']], 2])
    await writer.close()
  })
})
