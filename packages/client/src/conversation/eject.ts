import type { Ban } from '@stagedoor/protocol'
import type { Requester } from '../connection/messages.ts'
import { FailedError } from '../errors.ts'
import type { WaitOptions } from '../limit-wait.ts'

export interface EjectOptions extends WaitOptions {
  /**
   * Closes the sessions of the contact, instead of only removing them from this conversation, and refuses from then on:
   * - `'tokens'`: the tokens that these sessions presented, and the tokens of an identity provider that they were exchanged for. With
   *   another token the user comes back.
   * - `'user'`: every token of the user that was issued until now. With one that is issued later the user comes back.
   * - `{ userForSeconds }`: the user, whatever token they bring, for that long: 1 to 86,400 seconds.
   *
   * Default: no ban; they may join again.
   */
  readonly ban?: Ban | undefined
}

/** Ejects each of these sessions; one that has left meanwhile is as good as ejected. */
export async function eject(
  requester: Requester,
  conversation: string,
  sessionIds: readonly string[],
  { ban }: EjectOptions,
): Promise<void> {
  if (sessionIds.length === 0) throw contactUnknown()
  await Promise.all(
    sessionIds.map((sessionId) =>
      requester.request({ type: 'eject', conversation, sessionId, ...(ban && { ban }) }).catch(unlessGone),
    ),
  )
}

function unlessGone(error: unknown): void {
  if (!(error instanceof FailedError) || error.code !== 'contact_unknown') throw error
}

function contactUnknown(): FailedError {
  return new FailedError({ code: 'contact_unknown', message: 'There is no such contact in the conversation.' })
}
