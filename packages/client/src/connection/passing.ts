import type { RefusalCode } from '@stagedoor/protocol'
import { RefusedError, TokenEndpointError } from '../errors.ts'

/** The refusals that pass by themselves. After any other, coming back with the same token would only be refused again. */
const PASSING: readonly RefusalCode[] = ['unavailable', 'rate_limited']

/** The longest that a gate may hold a client off, in seconds. */
export const MAX_HELD_SECONDS = 3_600

export function doesPass({ code }: RefusedError): boolean {
  return PASSING.includes(code)
}

/** Whether a token endpoint refuses a token for good: the user is signed out, or not allowed. */
export function isSignedOut(failure: unknown): failure is TokenEndpointError {
  return failure instanceof TokenEndpointError && (failure.status === 401 || failure.status === 403)
}

/** How long the gate, or the token endpoint, asks to wait after this failure, in milliseconds. */
export function heldMs(failure: unknown): number {
  const isHeld = failure instanceof RefusedError || failure instanceof TokenEndpointError
  const seconds = isHeld ? (failure.retryAfterSeconds ?? 0) : 0
  return Math.min(seconds, MAX_HELD_SECONDS) * 1000
}
