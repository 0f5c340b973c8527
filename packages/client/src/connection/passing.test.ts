import { expect, it } from 'vitest'
import { ConnectionError, RefusedError, TokenEndpointError } from '../errors.ts'
import { doesPass, heldMs, isSignedOut, MAX_HELD_SECONDS } from './passing.ts'

function refused(code: 'rate_limited' | 'unavailable' | 'token_revoked', retryAfterSeconds?: number): RefusedError {
  return new RefusedError({ code, message: 'In words.', refusalId: 'rf_1', docs: '', retryAfterSeconds })
}

it('too much at once passes by itself, and a token that is revoked does not', () => {
  expect([refused('rate_limited'), refused('unavailable'), refused('token_revoked')].map(doesPass)).toEqual([
    true,
    true,
    false,
  ])
})

it('a client is held off for as long as the gate says, where it says so', () => {
  expect(heldMs(refused('rate_limited', 7))).toBe(7_000)
  expect(heldMs(refused('rate_limited'))).toBe(0)
  expect(heldMs(new ConnectionError('no network'))).toBe(0)
})

it(`a client is held off for ${MAX_HELD_SECONDS} s at the longest`, () => {
  expect(heldMs(refused('rate_limited', MAX_HELD_SECONDS))).toBe(MAX_HELD_SECONDS * 1000)
  expect(heldMs(refused('rate_limited', 1e12))).toBe(MAX_HELD_SECONDS * 1000)
})

it('a signed-out user stays signed out when asked again, but a token endpoint that is down may recover', () => {
  const ofStatus = (status: number) => isSignedOut(new TokenEndpointError(status))
  expect([401, 403, 429, 500, 503].map(ofStatus)).toEqual([true, true, false, false, false])
  expect(isSignedOut(refused('token_revoked'))).toBe(false)
  expect(heldMs(new TokenEndpointError(503, { retryAfterSeconds: 5 }))).toBe(5_000)
})
