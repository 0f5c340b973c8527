import type { RefusalCode } from '@stagedoor/protocol'
import { RefusedError, TokenEndpointError } from '../errors.ts'

/** The refusals that pass by themselves. After any other, coming back with the same token would only be refused again. */
const PASSING: readonly RefusalCode[] = ['unavailable', 'rate_limited']

/** The longest that a gate may hold a client off, in seconds. */
export const MAX_HELD_SECONDS = 3_600

export function doesPass({ code }: RefusedError): boolean {
  return PASSING.includes(code)
}

/** Whether a token endpoint says that there is no token for who asks: signed out, or not allowed. To ask again is in vain. */
export function isSignedOut(failure: unknown): failure is TokenEndpointError {
  return failure instanceof TokenEndpointError && (failure.status === 401 || failure.status === 403)
}

/** How long the gate, or the token endpoint, asks to be left alone after this failure, in milliseconds. To come earlier would be in vain. */
export function heldMs(failure: unknown): number {
  const isHeld = failure instanceof RefusedError || failure instanceof TokenEndpointError
  const seconds = isHeld ? (failure.retryAfterSeconds ?? 0) : 0
  return Math.min(seconds, MAX_HELD_SECONDS) * 1000
}
