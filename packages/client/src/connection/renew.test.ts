import { expect, it } from 'vitest'
import { spreadMs } from './renew.ts'

it('renewals of sessions that began together are spread over half of what is left, and over half a minute at the most', () => {
  expect([spreadMs(60, 0), spreadMs(60, 0.5), spreadMs(60, 0.999)]).toEqual([0, 15_000, 29_970])
  expect(spreadMs(10, 0.999)).toBe(4_995)
  expect(spreadMs(3_600, 0.999)).toBe(29_970)
})
