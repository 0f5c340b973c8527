import type { Throttle } from '../../rate-limit/throttle.ts'

/** The most refused requests under one name that wait for their response at a time. */
export const MAX_REFUSALS_OF_NAME = 8

/**
 * Delays the response to repeatedly refused requests. Successful requests never wait: API keys are public, and nobody may slow down
 * others.
 *
 * @returns undefined if too many already wait.
 */
export function refuseInTurn(throttle: Throttle, names: readonly string[]) {
  return throttle.inTurn(
    names.map((name) => ({ name, most: MAX_REFUSALS_OF_NAME })),
    () => throttle.recordFailure(names),
  )
}
