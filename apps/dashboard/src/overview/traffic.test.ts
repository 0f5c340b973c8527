import { describe, expect, it } from 'vitest'
import { countOf, shareOf, sumOf } from './traffic.ts'

describe('what happened in a period', () => {
  it('is summed, but for the peak, which is the greatest', () => {
    const steps = [
      { at: 0, admitted: 3, peakSessions: 5, refused: 2, refusals: { token_expired: 1, ejected: 1 } },
      { at: 1, admitted: 1, peakSessions: 2, refused: 3, refusals: { token_missing: 2, ejected: 1 } },
    ]
    expect(sumOf(steps)).toEqual({
      admitted: 4,
      refused: 5,
      peakSessions: 5,
      reasons: [
        { code: 'ejected', count: 2 },
        { code: 'token_missing', count: 2 },
        { code: 'token_expired', count: 1 },
      ],
    })
  })

  it('has units', () => {
    expect([0, 1, 1_200].map((count) => countOf(count, 'session'))).toEqual([
      '0 sessions',
      '1 session',
      '1,200 sessions',
    ])
    expect([shareOf(0, 0), shareOf(0, 5), shareOf(1, 1_000), shareOf(1, 8)]).toEqual([
      '0%',
      '0%',
      'less than 1%',
      '13%',
    ])
  })
})
