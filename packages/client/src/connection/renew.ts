import { FailedError, RefusedError, SessionLostError } from '../errors.ts'
import { backoffMs, wait, waitForNetwork } from './backoff.ts'
import type { AnswerTo, Requester } from './messages.ts'
import { doesPass, heldMs, isSignedOut } from './passing.ts'
import type { TokenSource } from './token-source.ts'

/** Remembers a token that the gate has accepted, and what it answered. */
export type Keep = (token: string, renewed: AnswerTo<'renew'>) => void

/** Sends the gate a fresh token for the session that is open. */
export async function renewWith(token: string, requester: Requester, keep: Keep): Promise<void> {
  await requester.request({ type: 'renew', token }, (renewed) => keep(token, renewed))
}

/** The longest wait before a renewal, so that sessions that began together do not all ask the back end at once. */
const MAX_SPREAD_MS = 30_000
/** The shortest wait after `getToken` has returned the token that is in use already. */
const STALE_TOKEN_MS = 5_000

/**
 * How long to wait before a token is renewed that expires in so many seconds: half of that at most. `random` is in [0, 1).
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
 * After a while, asks for a fresh token and sends it to the gate, until that succeeds, is refused for good, or `signal` aborts.
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
      const token = await tokens.ask(signal)
      if (token === tokens.token) {
        onError(new Error('getToken returned the token that is in use; it must return a fresh one'))
        await wait(STALE_TOKEN_MS * 2 ** attempt, signal)
        continue
      }
      return await renewWith(token, requester, keep)
    } catch (error) {
      if (signal.aborted || error instanceof SessionLostError) return
      onError(error as Error)
      if (error instanceof FailedError || isSignedOut(error)) return
      if (error instanceof RefusedError && !doesPass(error)) return
      await wait(heldMs(error), signal)
      await waitForNetwork(backoffMs(attempt + 1, Math.random()), signal)
    }
  }
}
