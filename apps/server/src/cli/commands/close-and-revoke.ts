import { type Ban, MAX_BAN_SECONDS } from '@stagedoor/protocol'
import { type Command, Option } from 'commander'
import { commandLine } from '../../command-line.ts'
import type { ShownOutcome, ShownSession } from '../../control/requests.ts'
import { formatDuration } from '../../format-duration.ts'
import { durationOption } from '../input/duration-option.ts'
import { openPlatformClient, type PlatformSettings } from '../open-platform-client.ts'
import { CliError, print, warn, withIsoTimes } from '../output/print.ts'
import type { Done } from '../platform-client.ts'

export interface BanSettings {
  readonly ban?: 'tokens' | 'user'
  readonly banUserFor?: number
}

/** The help for the options of {@link withBan}. */
export const BAN_HELP =
  '\n--ban tokens revokes the tokens that the session presented, and the identity provider tokens they were exchanged\n' +
  'for. The user can register again with another token.\n' +
  '--ban user revokes every token issued to the user so far and ends all their sessions. The user can register again with\n' +
  'a token issued later.\n' +
  '--ban-user-for refuses the user, whatever token they have, until the ban expires (see "stagedoor ban").\n' +
  'Exit code 2 with a ban: the session was closed, but the store could not be reached and nothing was banned.\n'

/** Adds the options that choose what to refuse after a session is closed. */
export function withBan(command: Command): Command {
  return command
    .addOption(new Option('--ban <what>', 'what to revoke').choices(['tokens', 'user']))
    .addOption(
      banDurationOption(
        '--ban-user-for <duration>',
        'refuse the user, whatever token they have, for this long',
      ).conflicts('ban'),
    )
}

/** An option that takes the duration of a ban. */
export function banDurationOption(flags: string, description: string): Option {
  return durationOption(flags, description, { leastSeconds: 1, mostSeconds: MAX_BAN_SECONDS })
}

export function banOf({ ban, banUserFor }: BanSettings): Ban | undefined {
  return banUserFor === undefined ? ban : { userForSeconds: banUserFor }
}

/** Closes a live session, applies the ban if there is one, and prints the result. */
export async function closeSession(sessionId: string, ban: Ban | undefined, settings: PlatformSettings): Promise<void> {
  const done = await (await openPlatformClient(settings)).sessions.close(sessionId, { ban })
  if (done === undefined) throw noSuchSession()
  const { session, outcome } = done
  const words = ban ? banWords(session, ban, outcome) : `Closed the session of ${session.userId}.`
  warnUnlessWritten(done)
  print(settings.json, { ...withIsoTimes(session), outcome }, () => [words])
}

/** Removes a session from a conversation, applies the ban if there is one, and prints the result. */
export async function ejectSession(
  sessionId: string,
  conversation: string,
  settings: PlatformSettings & BanSettings,
): Promise<void> {
  const ban = banOf(settings)
  const done = await (await openPlatformClient(settings)).sessions.eject(sessionId, { conversation, ban })
  if (done === undefined) throw noSuchSession()
  const { session, wasIn, outcome } = done
  if (!wasIn)
    throw new CliError(
      `The session of ${session.userId} is not in ${conversation}. List the sessions: ${commandLine('session list')}`,
    )
  const words = ban
    ? banWords(session, ban, outcome)
    : `Ejected the session of ${session.userId} from ${conversation}. It can join again.`
  warnUnlessWritten(done)
  print(settings.json, { ...withIsoTimes(session), outcome }, () => [words])
}

/** Warns if a change to a live session could not be recorded in the audit log. */
export function warnUnlessWritten({ isWrittenDown }: Pick<Done, 'isWrittenDown'>): void {
  if (isWrittenDown === false) {
    warn('the store cannot be reached: this change is in the server log but not in the audit log')
  }
}

function noSuchSession(): CliError {
  return new CliError(`There is no such live session. List the sessions: ${commandLine('session list')}`)
}

/** Describes the outcome of a ban. Throws if the session was closed but nothing could be banned. */
function banWords({ apiKey, userId }: ShownSession, ban: Ban, outcome: ShownOutcome | undefined): string {
  const closed = `Closed the session of ${userId}`
  if (outcome === 'no_token')
    return `${closed}. It had no token, so there was nothing to revoke and the user can register again.`
  if (outcome === 'banned') {
    if (ban === 'tokens') return `${closed} and revoked every token it presented.`
    if (ban === 'user') return `${closed} and revoked every token issued to ${userId} so far.`
    return `${closed} and banned ${userId} for ${formatDuration(ban.userForSeconds)}.`
  }
  throw new CliError(
    `unavailable: the session of ${userId} was closed, but NOTHING was banned because the store cannot be reached. Once it can: ` +
      `${commandLine(`ban user ${apiKey} ${userId} --for 1h`)}, or ${commandLine(`revoke user ${apiKey} ${userId}`)}`,
  )
}
