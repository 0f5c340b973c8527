import { describe, expect, it } from 'vitest'
import { rankCodes, rowsOf } from './chart-rows.ts'

const STEPS = [
  { at: 0, counts: { token_expired: 2, rate_limited: 1 } },
  { at: 60, counts: {} },
  { at: 120, counts: { token_expired: 1, origin_refused: 1, key_unknown: 5 } },
]

describe('the chart of refusals', () => {
  it('ranks the most frequent codes first, and adds up the rest', () => {
    expect(rankCodes(STEPS, 2)).toEqual([
      { code: 'key_unknown', count: 5 },
      { code: 'token_expired', count: 3 },
      { code: 'others', count: 2 },
    ])
    expect(rankCodes([], 2)).toEqual([])
  })

  it('counts every refusal: each row adds up to its step', () => {
    const rows = rowsOf(STEPS, rankCodes(STEPS, 2), 60)
    const sums = rows.map(({ time: _, ...counts }) =>
      Object.values(counts).reduce<number>((sum, count) => sum + Number(count), 0),
    )
    expect(sums).toEqual([3, 0, 7])
    expect(rows[2]).toMatchObject({ key_unknown: 5, token_expired: 1, others: 1 })
  })
})
