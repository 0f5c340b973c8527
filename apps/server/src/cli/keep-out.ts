import type { ShownOutcome, ShownSession } from '../control/requests.ts'
import type { Done } from './desk.ts'
import { openDesk, type PlatformSettings } from './open-desk.ts'
import { CliError, print, warn } from './output.ts'

/** Closes a live session, with `keepOut` revokes its tokens too, and says so. */
export async function closeSession(
  sessionId: string,
  asks: { readonly keepOut: boolean },
  settings: PlatformSettings,
): Promise<void> {
  const done = await (await openDesk(settings)).sessions.close(sessionId, asks)
  if (done === undefined) throw noSuchSession()
  const { session, outcome } = done
  const words = asks.keepOut ? keepOutWords(session, outcome) : `The session of ${session.userId} is closed.`
  warnUnlessWritten(done)
  print(settings.json, { ...session, outcome }, () => [words])
}

/** What was done to what is live is done, whether or not it could be written down. */
export function warnUnlessWritten({ isWrittenDown }: Done): void {
  if (isWrittenDown === false) {
    warn('the store cannot be reached, so this is in the log of the server, not in the audit trail')
  }
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
