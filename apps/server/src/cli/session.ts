import { conversationNameSchema } from '@stagedoor/protocol'
import { Command } from 'commander'
import { MAX_LISTED, type ShownSession } from '../control/requests.ts'
import {
  BAN_HELP,
  type BanSettings,
  banOf,
  banWords,
  closeSession,
  noSuchSession,
  warnUnlessWritten,
  withBan,
} from './close-and-revoke.ts'
import { onPlatform, openPlatformClient, type PlatformSettings } from './open-platform-client.ts'
import { CliError, columns, dateOf, print } from './output.ts'
import { parseWhole } from './settings.ts'

interface ListSettings extends PlatformSettings {
  readonly key?: string
  readonly user?: string
  readonly limit: number
}

interface CloseSettings extends PlatformSettings, BanSettings {}

const DEFAULT_LIMIT = 100

export function sessionCommand(): Command {
  const session = new Command('session').description(
    'live sessions of the running platform: list them, close one, take one out',
  )
  onPlatform(session.command('list'))
    .description('list the live sessions, with their end and their conversations')
    .option('--key <api-key>', 'of this API key only')
    .option('--user <id>', 'of this user id only')
    .option('--limit <number>', 'how many at most', (text) => parseWhole(text, 1, MAX_LISTED), DEFAULT_LIMIT)
    .addHelpText(
      'after',
      '\nKEY ID names the key that signed the token of a session ("stagedoor secret list"); see who is in by it before you\n' +
        'retire it. CLIENT says whose connection is lost, and for how long they may come back.\n' +
        '\nExample:\n  $ stagedoor session list --user alice',
    )
    .action(list)
  withBan(onPlatform(session.command('close <session-id>')))
    .description('close a session at once; its page hears "session_closed" and does not come back by itself')
    .addHelpText(
      'after',
      '\nWithout a ban the user may register again with any token that is still good.\n' +
        BAN_HELP +
        '\nExamples:\n  $ stagedoor session list --user alice\n  $ stagedoor session close <session id> --ban-user-for 1h',
    )
    .action((sessionId: string, settings: CloseSettings) => closeSession(sessionId, banOf(settings), settings))
  withBan(onPlatform(session.command('eject <session-id> <conversation>')))
    .description('take a session out of a conversation; it goes on, and may join again')
    .addHelpText(
      'after',
      '\nA moderator of the conversation may do the same. With a ban the session is closed ("ejected") instead.\n' +
        BAN_HELP +
        '\nExample:\n  $ stagedoor session list --user alice\n  $ stagedoor session eject <session id> lobby',
    )
    .action(eject)
  return session
}

async function list({ key, user, limit, ...settings }: ListSettings): Promise<void> {
  const { json } = settings
  const found = await (await openPlatformClient(settings)).sessions.list({ apiKey: key, userId: user, limit })
  print(json, found, () => {
    const { sessions, total } = found
    if (sessions.length === 0) return ['There is no such live session.']
    const rows = sessions.map((session) => [
      session.sessionId,
      session.userId,
      session.apiKey,
      dateOf(Math.floor(session.since)),
      dateOf(session.until),
      session.keyId ?? 'no token',
      clientWords(session, Date.now() / 1000),
      session.conversations.join(', '),
    ])
    const lines = columns([
      ['SESSION', 'USER', 'API KEY', 'SINCE', 'UNTIL', 'KEY ID', 'CLIENT', 'CONVERSATIONS'],
      ...rows,
    ])
    return total > rows.length ? [...lines, '', `${rows.length} of ${total}; --limit shows more.`] : lines
  })
}

function clientWords({ reconnectUntil }: ShownSession, now: number): string {
  if (reconnectUntil === undefined) return 'here'
  return `lost, may come back for ${Math.max(0, Math.ceil(reconnectUntil - now))} s`
}

async function eject(sessionId: string, conversation: string, settings: CloseSettings): Promise<void> {
  const ban = banOf(settings)
  if (!conversationNameSchema.safeParse(conversation).success) {
    throw new CliError('A conversation has a name of 1 to 128 characters, and no "*"')
  }
  const done = await (await openPlatformClient(settings)).sessions.eject(sessionId, { conversation, ban })
  if (done === undefined) throw noSuchSession()
  const { session, wasIn, outcome } = done
  if (!wasIn)
    throw new CliError(`The session of ${session.userId} is not in ${conversation}. See: stagedoor session list`)
  const words = ban
    ? banWords(session, ban, outcome)
    : `The session of ${session.userId} is taken out of ${conversation}. It may join again.`
  warnUnlessWritten(done)
  print(settings.json, { ...session, outcome }, () => [words])
}
