import type { ShownOutcome, ShownSession } from '../control/requests.ts'
import { askServer } from './ask-server.ts'
import { CliError, print, warn } from './output.ts'
import { type StoreSettings, whoAsks } from './settings.ts'

/** Closes a session of the running server and revokes its tokens, and says so. */
export async function closeAndKeepOut(sessionId: string, { data, json }: StoreSettings): Promise<void> {
  const answer = await askServer(data, 'close_session', { sessionId, keepOut: true, by: whoAsks() })
  const { session, outcome } = answer
  if (session === null) throw noSuchSession()
  const words = keepOutWords(session, outcome)
  warnUnlessWritten(answer)
  print(json, { ...session, outcome }, () => [words])
}

/** What was done to what is live is done, whether or not it could be written down. */
export function warnUnlessWritten({ isWrittenDown }: { readonly isWrittenDown?: boolean | undefined }): void {
  if (isWrittenDown === false)
    warn('the store cannot be reached, so this is in the log of the server, not in the audit trail')
}

export function noSuchSession(): CliError {
  return new CliError('There is no such live session. See: stagedoor session list')
}

/** @throws {CliError} where the session is closed and could not be kept out. */
export function keepOutWords({ apiKey, userId }: ShownSession, outcome: ShownOutcome | undefined): string {
  if (outcome === 'kept_out') {
    return `The session of ${userId} is closed, and every token that it has presented is revoked.`
  }
  if (outcome === 'no_token') {
    return `The session of ${userId} is closed. It had no token, so nothing is revoked: who needs none may come back.`
  }
  throw new CliError(
    `unavailable: the session of ${userId} is closed but NOT kept out, since the store cannot be reached. ` +
      `When it can, revoke the user: stagedoor revoke user ${apiKey} ${userId}`,
  )
}
