import { type Ban, MAX_BAN_SECONDS } from '@stagedoor/protocol'
import { type Command, InvalidArgumentError, Option } from 'commander'
import type { ShownOutcome, ShownSession } from '../control/requests.ts'
import { openPlatformClient, type PlatformSettings } from './open-platform-client.ts'
import { CliError, print, warn } from './output.ts'
import type { Done } from './platform-client.ts'
import { parseSpan } from './settings.ts'

export interface BanSettings {
  readonly ban?: 'tokens' | 'user'
  readonly banUserFor?: number
}

/** What the options of {@link withBan} say in the help of a command. */
export const BAN_HELP =
  '\n--ban tokens refuses the tokens that the session presented, and the tokens of an identity provider that they were\n' +
  'exchanged for: the user comes back with another one. --ban user refuses every token of the user that was issued until\n' +
  'now, and ends all their sessions: the user comes back with one that is issued later. --ban-user-for refuses the user,\n' +
  'whatever token they bring, until the time is over ("stagedoor ban list", "stagedoor ban lift").\n' +
  'Exit code 2: the session is closed, but the store could not be reached, and nothing is banned.\n'

/** Adds the options that say what is refused after a session was closed. */
export function withBan(command: Command): Command {
  return command
    .addOption(new Option('--ban <what>', 'refuse these from now on').choices(['tokens', 'user']))
    .addOption(
      new Option('--ban-user-for <span>', 'refuse the user, whatever their token, for a time such as 10m, 1h or 7d')
        .argParser(parseBanSpan)
        .conflicts('ban'),
    )
}

/** The length of a ban, such as `10m`, `1h` or `7d`, in seconds. */
export function parseBanSpan(text: string): number {
  const seconds = parseSpan(text, MAX_BAN_SECONDS)
  if (seconds >= 1) return seconds
  throw new InvalidArgumentError('A ban lasts for 1 second at least.')
}

export function banOf({ ban, banUserFor }: BanSettings): Ban | undefined {
  return banUserFor === undefined ? ban : { userForSeconds: banUserFor }
}

/** Closes a live session, with a ban refuses what it says too, and prints so. */
export async function closeSession(sessionId: string, ban: Ban | undefined, settings: PlatformSettings): Promise<void> {
  const done = await (await openPlatformClient(settings)).sessions.close(sessionId, { ban })
  if (done === undefined) throw noSuchSession()
  const { session, outcome } = done
  const words = ban ? banWords(session, ban, outcome) : `The session of ${session.userId} is closed.`
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

/** @throws {CliError} where the session is closed and nothing could be banned. */
export function banWords({ apiKey, userId }: ShownSession, ban: Ban, outcome: ShownOutcome | undefined): string {
  const closed = `The session of ${userId} is closed`
  if (outcome === 'no_token') return `${closed}. It had no token, so nothing is revoked: who needs none may come back.`
  if (outcome === 'banned') {
    if (ban === 'tokens') return `${closed}, and every token that it has presented is revoked.`
    if (ban === 'user') return `${closed}, and every token of ${userId} that was issued until now is revoked.`
    return `${closed}, and ${userId} is banned for ${ban.userForSeconds} s.`
  }
  throw new CliError(
    `unavailable: the session of ${userId} is closed but NOTHING is banned, since the store cannot be reached. ` +
      `When it can: stagedoor ban user ${apiKey} ${userId} --for 1h, or stagedoor revoke user ${apiKey} ${userId}`,
  )
}
