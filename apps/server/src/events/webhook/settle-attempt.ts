import type { Attempt, Delivery, Settlement } from './delivery.ts'

/** How long after the first attempt that fails the next one comes, in seconds; after each further one, twice as long. */
export const FIRST_RETRY_SECONDS = 5
/** The longest time between two attempts, in seconds: 6 hours. */
export const MAX_RETRY_SECONDS = 21_600
/** How long a message is tried, in seconds: 3 days. */
export const RETRY_FOR_SECONDS = 3 * 86_400
/** The share of each pause that is left to chance, so that what failed together does not come back together. */
export const JITTER = 0.5
/** How many attempts of one delivery are kept: the latest. */
export const MAX_KEPT_ATTEMPTS = 40

const GONE = 410

/** Whether an answer says that the message was taken. */
export function isTaken(status: number | undefined): boolean {
  return status !== undefined && status >= 200 && status < 300
}

/** What a pause depends on, beside how often it was tried. */
export interface PauseOptions {
  /** From 0 to 1. */
  readonly random: number
  /** How long the endpoint wants to be left alone, in seconds. */
  readonly atLeastSeconds?: number | undefined
}

/** Decides what follows from an attempt: the end, or another one later. */
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

/** How long to wait after so many attempts, in seconds. */
export function pauseAfter(tries: number, random: number): number {
  const whole = Math.min(FIRST_RETRY_SECONDS * 2 ** (tries - 1), MAX_RETRY_SECONDS)
  return whole * (1 - JITTER * random)
}
