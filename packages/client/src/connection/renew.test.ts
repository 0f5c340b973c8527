import { expect, it, vi } from 'vitest'
import { renewByAsking, spreadMs } from './renew.ts'
import { TokenSource } from './token-source.ts'

it('renewals of sessions that began together are spread over half of what is left, and over half a minute at the most', () => {
  expect([spreadMs(60, 0), spreadMs(60, 0.5), spreadMs(60, 0.999)]).toEqual([0, 15_000, 29_970])
  expect(spreadMs(10, 0.999)).toBe(4_995)
  expect(spreadMs(3_600, 0.999)).toBe(29_970)
})

it('a getToken that returns the token that is in use is asked again, later and later, and that token is not sent', async () => {
  vi.useFakeTimers()
  let fresh = 'the same'
  const getToken = vi.fn(() => fresh)
  const tokens = new TokenSource({ token: 'the same', getToken, nowMs: () => 0 })
  const requester = { request: vi.fn(async () => ({})), tell: () => {} }
  const onError = vi.fn()
  const { signal } = new AbortController()
  const renewed = renewByAsking(requester as never, tokens, { keep: () => {}, signal, afterMs: 0, onError })
  await vi.advanceTimersByTimeAsync(20_000)
  expect(getToken.mock.calls.length).toBe(3)
  expect([requester.request.mock.calls.length, onError.mock.calls.length]).toEqual([0, 3])
  fresh = 'another'
  await vi.advanceTimersByTimeAsync(20_000)
  await renewed
  expect(requester.request).toHaveBeenCalledExactlyOnceWith({ type: 'renew', token: 'another' }, expect.any(Function))
  vi.useRealTimers()
})
