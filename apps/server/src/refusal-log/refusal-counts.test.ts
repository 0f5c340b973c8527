import { describe, expect, it } from 'vitest'
import { reportOf } from './refusal.fixture.ts'
import { KEEP_COUNTS_SECONDS, MAX_COUNTED_MINUTES, RefusalCounts } from './refusal-counts.ts'

function openCounts() {
  return new RefusalCounts((apiKey) => !apiKey.startsWith('nobody'))
}

/** All counts of an API key, by the minute. */
function countedOf(counts: RefusalCounts, apiKey: string, until: number) {
  const steps = counts.count(apiKey, { since: 0, until, step: 60 })
  return steps.filter(({ counts }) => Object.keys(counts).length > 0)
}

describe('the counts of refusals', () => {
  it('exist for each minute and each reason', () => {
    const counts = openCounts()
    for (const at of [60, 61.5, 119.9, 120]) counts.note(reportOf({ at }))
    counts.note(reportOf({ at: 130, code: 'token_missing' }))
    expect(counts.count('shop', { since: 60, until: 240, step: 60 })).toEqual([
      { at: 60, counts: { token_expired: 3 } },
      { at: 120, counts: { token_expired: 1, token_missing: 1 } },
      { at: 180, counts: {} },
    ])
    expect(counts.count('other', { since: 60, until: 120, step: 60 })).toEqual([{ at: 60, counts: {} }])
  })

  it('are summed by longer steps, which begin at multiples of their length', () => {
    const counts = openCounts()
    for (const at of [3_599, 3_600, 7_199, 7_200]) counts.note(reportOf({ at }))
    expect(counts.count('shop', { since: 3_700, until: 7_201, step: 3_600 })).toEqual([
      { at: 3_600, counts: { token_expired: 2 } },
      { at: 7_200, counts: { token_expired: 1 } },
    ])
    expect(counts.count('shop', { since: 3_600, until: 7_200, step: 3_600 })).toHaveLength(1)
  })

  it('do not exist for unknown API keys', () => {
    const counts = openCounts()
    counts.note(reportOf({ apiKey: 'nobody' }))
    expect(countedOf(counts, 'nobody', 3_600)).toEqual([])
  })

  it('go back a day', () => {
    const counts = openCounts()
    for (const at of [0, 60, KEEP_COUNTS_SECONDS]) counts.note(reportOf({ at }))
    expect(countedOf(counts, 'shop', KEEP_COUNTS_SECONDS + 60).map(({ at }) => at)).toEqual([60, KEEP_COUNTS_SECONDS])
  })

  it(`cover at most ${MAX_COUNTED_MINUTES} minutes over all API keys, and the oldest are dropped first`, () => {
    const counts = openCounts()
    counts.note(reportOf({ apiKey: 'first', at: 0 }))
    for (let at = 1; at < MAX_COUNTED_MINUTES; at++) counts.note({ apiKey: `key ${at}`, code: 'token_missing', at: 60 })
    expect(countedOf(counts, 'first', 60)).toHaveLength(1)
    counts.note(reportOf({ apiKey: 'one more', at: 60 }))
    expect(countedOf(counts, 'first', 60)).toEqual([])
    for (const apiKey of ['key 1', 'one more']) expect(countedOf(counts, apiKey, 120)).toHaveLength(1)
  })
})
