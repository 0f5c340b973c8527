import type { Attempt, Delivery, Settlement } from './delivery.ts'

/** The pause after the first failed attempt, in seconds; it doubles after each further one. */
export const FIRST_RETRY_SECONDS = 5
/** The longest pause between two attempts, in seconds: 6 hours. */
export const MAX_RETRY_SECONDS = 21_600
/** How long delivery of a message is attempted, in seconds: 3 days. */
export const RETRY_FOR_SECONDS = 3 * 86_400
/** The random share of each pause, so that deliveries which failed together are not retried together. */
export const JITTER = 0.5
/** How many of the latest attempts of a delivery are kept. */
export const MAX_KEPT_ATTEMPTS = 40

const GONE = 410

/** Whether a response means that the message was accepted. */
export function isTaken(status: number | undefined): boolean {
  return status !== undefined && status >= 200 && status < 300
}

/** What a pause depends on, besides the number of attempts. */
export interface PauseOptions {
  /** Returns a random number from 0 to 1. */
  readonly random: number
  /** The pause that the endpoint requested, in seconds. */
  readonly atLeastSeconds?: number | undefined
}

/** Decides what follows from an attempt: the end, or a retry. */
export function settleAttempt(
  delivery: Delivery,
  attempt: Attempt,
  now: number,
  { random, atLeastSeconds = 0 }: PauseOptions,
): Settlement {
  const { deliveryId, endpointId, orderingKey, beganAt } = delivery
  const tries = delivery.tries + 1
  const attempts = [...delivery.attempts, attempt].slice(-MAX_KEPT_ATTEMPTS)
  const settled = { deliveryId, endpointId, orderingKey, attempts, tries, dueAt: now, isGone: attempt.status === GONE }
  if (isTaken(attempt.status)) return { ...settled, state: 'delivered' }
  const dueAt = now + Math.max(pauseAfter(tries, random), atLeastSeconds)
  const isOver = settled.isGone || dueAt > beganAt + RETRY_FOR_SECONDS
  return isOver ? { ...settled, state: 'dead' } : { ...settled, state: 'pending', dueAt }
}

/** The pause after a number of attempts, in seconds. */
export function pauseAfter(tries: number, random: number): number {
  const whole = Math.min(FIRST_RETRY_SECONDS * 2 ** (tries - 1), MAX_RETRY_SECONDS)
  return whole * (1 - JITTER * random)
}
