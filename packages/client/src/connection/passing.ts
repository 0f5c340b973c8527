import type { RefusalCode } from '@stagedoor/protocol'
import { RefusedError } from '../errors.ts'

/** The refusals that pass by themselves. After any other, coming back with the same token would only be refused again. */
const PASSING: readonly RefusalCode[] = ['unavailable', 'rate_limited']

/** The longest that a gate may hold a client off, in seconds. */
export const MAX_HELD_SECONDS = 3_600

export function doesPass({ code }: RefusedError): boolean {
  return PASSING.includes(code)
}

/** How long the gate asks to be left alone after this failure, in milliseconds. To come earlier would be in vain. */
export function heldMs(failure: unknown): number {
  const seconds = failure instanceof RefusedError ? (failure.retryAfterSeconds ?? 0) : 0
  return Math.min(seconds, MAX_HELD_SECONDS) * 1000
}
