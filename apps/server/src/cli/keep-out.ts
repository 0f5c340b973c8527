import type { ShownOutcome, ShownSession } from '../control/requests.ts'
import { askServer } from './ask-server.ts'
import { CliError, print } from './output.ts'
import type { StoreSettings } from './settings.ts'

/** Closes a session of the running server and revokes its tokens, and says so. */
export async function closeAndKeepOut(sessionId: string, { data, json }: StoreSettings): Promise<void> {
  const { session, outcome } = await askServer(data, 'close_session', { sessionId, keepOut: true })
  if (session === null) throw noSuchSession()
  const words = keepOutWords(session, outcome)
  print(json, { ...session, outcome }, () => [words])
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
