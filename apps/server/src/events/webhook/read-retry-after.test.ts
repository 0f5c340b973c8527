import { describe, expect, it } from 'vitest'
import { MAX_RETRY_AFTER_SECONDS, readRetryAfter } from './read-retry-after.ts'

const NOW = Date.UTC(2026, 4, 4, 9, 30) / 1000

describe('the Retry-After of an endpoint', () => {
  it.each([
    ['0', 0],
    ['120', 120],
    ['Mon, 04 May 2026 09:31:30 GMT', 90],
    ['Mon, 04 May 2026 09:29:00 GMT', 0],
    [`${MAX_RETRY_AFTER_SECONDS + 1}`, MAX_RETRY_AFTER_SECONDS],
    ['999999999999999', MAX_RETRY_AFTER_SECONDS],
    ['Mon, 04 May 2099 09:31:30 GMT', MAX_RETRY_AFTER_SECONDS],
  ])('is read out of %j: in %d s', (text, seconds) => {
    expect(readRetryAfter(text, NOW)).toBe(seconds)
  })

  it.each([undefined, '', '-1', '1.5', '1e3', 'soon', '2026-05-04T09:31:30Z', 'Mon, 99 May 2026 09:31:30 GMT'])(
    'is not read out of %j',
    (text) => {
      expect(readRetryAfter(text, NOW)).toBeUndefined()
    },
  )
})
