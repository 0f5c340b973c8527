import { describe, expect, it } from 'vitest'
import { withIsoTimes } from './print.ts'

const AT = 1_800_000_000
const ISO = '2027-01-15T08:00:00Z'

describe('a record for programs', () => {
  it('has its times in ISO 8601, also those of records in it', () => {
    const record = {
      createdAt: AT,
      retiresAt: undefined,
      attempts: [{ at: AT + 0.25, millis: 9 }],
      after: { until: AT },
    }
    expect(withIsoTimes(record)).toEqual({
      createdAt: ISO,
      retiresAt: undefined,
      attempts: [{ at: '2027-01-15T08:00:00.250Z', millis: 9 }],
      after: { until: ISO },
    })
  })

  it('keeps other numbers, lists and nulls, and the payload of a delivery as it is sent', () => {
    const record = { count: AT, names: ['a', 1], before: null, payload: { createdAt: AT } }
    expect(withIsoTimes(record)).toEqual(record)
  })
})
