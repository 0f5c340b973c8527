import { describe, expect, it } from 'vitest'
import { A_TIME, sinceOf } from './since.ts'

const NOW = 1_700_000_000.5

describe('the time from which deliveries are resent', () => {
  it('is a period before now, in whole seconds', () =>
    expect(sinceOf({ span: '3600', time: '2020-01-01T00:00' }, NOW)).toBe(1_699_996_400))

  it('is the chosen time, in the local time zone', () =>
    expect(sinceOf({ span: A_TIME, time: '2026-05-04T09:30' }, NOW)).toBe(
      new Date(2026, 4, 4, 9, 30).getTime() / 1_000,
    ))

  it('is undefined when none is chosen', () => expect(sinceOf({ span: A_TIME, time: '' }, NOW)).toBeUndefined())
})
