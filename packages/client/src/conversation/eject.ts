import type { Requester } from '../connection/messages.ts'
import { FailedError } from '../errors.ts'

export interface EjectOptions {
  /**
   * Closes the sessions of the contact and revokes the tokens that they have presented, instead of taking them out of this
   * conversation alone. Default: false.
   */
  readonly keepOut?: boolean
}

/** Ejects each of these sessions; one that has left meanwhile is as good as ejected. */
export async function eject(
  requester: Requester,
  conversation: string,
  sessionIds: readonly string[],
  { keepOut = false }: EjectOptions,
): Promise<void> {
  if (sessionIds.length === 0) throw contactUnknown()
  await Promise.all(
    sessionIds.map((sessionId) =>
      requester.request({ type: 'eject', conversation, sessionId, keepOut }).catch(unlessGone),
    ),
  )
}

function unlessGone(error: unknown): void {
  if (!(error instanceof FailedError) || error.code !== 'contact_unknown') throw error
}

function contactUnknown(): FailedError {
  return new FailedError({ code: 'contact_unknown', message: 'There is no such contact in the conversation.' })
}
