import { FailedError, RefusedError } from '../errors.ts'
import { backoffMs, wait, waitForNetwork } from './backoff.ts'
import type { AnswerTo, Requester } from './messages.ts'
import { doesPass, heldMs, isSignedOut } from './passing.ts'
import type { TokenSource } from './token-source.ts'

/** Remembers a token that the gate has accepted, and what it said of it. */
export type Keep = (token: string, renewed: AnswerTo<'renew'>) => void

/** Brings the gate that token for the session that is open. */
export async function renewWith(token: string, requester: Requester, keep: Keep): Promise<void> {
  await requester.request({ type: 'renew', token }, (renewed) => keep(token, renewed))
}

/** The most that a renewal waits, so that sessions that began together do not all ask the back end at once. */
const MAX_SPREAD_MS = 30_000

/**
 * How long to wait before a token is renewed that ends in so many seconds: half of that at the most. `random` is in [0, 1).
 */
export function spreadMs(endsInSeconds: number, random: number): number {
  return Math.floor(random * Math.min(MAX_SPREAD_MS, endsInSeconds * 500))
}

interface RenewOptions {
  readonly keep: Keep
  readonly signal: AbortSignal
  readonly afterMs: number
  readonly onError: (error: Error) => void
}

/**
 * After a while, asks for a fresh token and brings it to the gate, again and again until that succeeds, is refused for good, or `signal` aborts.
 * `onError` is called with each failure.
 */
export async function renewByAsking(
  requester: Requester,
  tokens: TokenSource,
  { keep, signal, afterMs, onError }: RenewOptions,
): Promise<void> {
  await wait(afterMs, signal)
  for (let attempt = 0; !signal.aborted; attempt++) {
    try {
      return await renewWith(await tokens.ask(), requester, keep)
    } catch (error) {
      if (signal.aborted) return
      onError(error as Error)
      if (error instanceof FailedError || isSignedOut(error)) return
      if (error instanceof RefusedError && !doesPass(error)) return
      await wait(heldMs(error), signal)
      await waitForNetwork(backoffMs(attempt + 1, Math.random()), signal)
    }
  }
}
