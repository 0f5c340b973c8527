import { describe, expect, it } from 'vitest'
import { BATCH_SIZE, Batch } from './batch.ts'

describe('a batch of measurements', () => {
  it('is passed on in order when it is full or on request, each measurement once', () => {
    const handed: number[] = []
    const batch = new Batch((figure) => handed.push(figure))
    for (let at = 1; at < BATCH_SIZE; at++) batch.add(at)
    expect(handed).toEqual([])
    batch.add(BATCH_SIZE)
    expect(handed).toEqual(Array.from({ length: BATCH_SIZE }, (_none, at) => at + 1))
    batch.add(0.5)
    batch.flush()
    batch.flush()
    expect(handed.slice(BATCH_SIZE)).toEqual([0.5])
  })
})
