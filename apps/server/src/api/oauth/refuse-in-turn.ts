import type { Throttle } from '../../rate-limit/throttle.ts'

/** The most refused requests under one name that wait for their answer at a time. */
export const MAX_REFUSALS_OF_NAME = 8

/**
 * Delays the answer to requests that are refused again and again. Requests that succeed never wait: API keys are public, and
 * nobody may slow another one down.
 *
 * @returns nothing where too many wait already.
 */
export function refuseInTurn(throttle: Throttle, names: readonly string[]) {
  return throttle.inTurn(
    names.map((name) => ({ name, most: MAX_REFUSALS_OF_NAME })),
    () => throttle.recordFailure(names),
  )
}
