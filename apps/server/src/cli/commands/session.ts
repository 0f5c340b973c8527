import { conversationNameSchema } from '@stagedoor/protocol'
import { Command } from 'commander'
import { MAX_LISTED, type ShownSession } from '../../control/requests.ts'
import { formatDuration } from '../../format-duration.ts'
import { parseWhole } from '../input/settings.ts'
import { onPlatform, openPlatformClient, type PlatformSettings } from '../open-platform-client.ts'
import { examples } from '../output/examples.ts'
import { CliError, columns, dateOf, printList } from '../output/print.ts'
import { BAN_HELP, type BanSettings, banOf, closeSession, ejectSession, withBan } from './close-and-revoke.ts'

interface ListSettings extends PlatformSettings {
  readonly key?: string
  readonly user?: string
  readonly limit: number
}

interface CloseSettings extends PlatformSettings, BanSettings {}

const DEFAULT_LIMIT = 100

export function sessionCommand(): Command {
  const session = new Command('session').description('live sessions of the running platform')
  onPlatform(session.command('list'))
    .description('list the live sessions')
    .option('--key <api-key>', 'only this API key')
    .option('--user <id>', 'only this user id')
    .option(
      '--limit <number>',
      'the maximum number of sessions',
      (text) => parseWhole(text, 1, MAX_LISTED),
      DEFAULT_LIMIT,
    )
    .addHelpText(
      'after',
      '\nKEY ID is the key that signed the token of the session (see "stagedoor signing-key list").\n' +
        'CLIENT is "connected", or how long a disconnected client can still reconnect.\n' +
        examples('session list --user alice'),
    )
    .action(list)
  withBan(onPlatform(session.command('close <session-id>')))
    .description('close a session; the client gets "session_closed" and does not reconnect')
    .addHelpText(
      'after',
      '\nWithout a ban, the user can register again with any valid token.\n' +
        BAN_HELP +
        examples('session list --user alice', 'session close <session id> --ban-user-for 1h'),
    )
    .action((sessionId: string, settings: CloseSettings) => closeSession(sessionId, banOf(settings), settings))
  withBan(onPlatform(session.command('eject <session-id> <conversation>')))
    .description('remove a session from a conversation; it stays open and can join again')
    .addHelpText(
      'after',
      '\nModerators of the conversation can do the same. With a ban, the session is closed ("ejected") instead.\n' +
        BAN_HELP +
        examples('session list --user alice', 'session eject <session id> lobby'),
    )
    .action(eject)
  return session
}

async function list({ key, user, limit, ...settings }: ListSettings): Promise<void> {
  const { json } = settings
  const found = await (await openPlatformClient(settings)).sessions.list({ apiKey: key, userId: user, limit })
  const { sessions, total } = found
  printList(json, { items: sessions, total }, () => {
    if (sessions.length === 0) return ['No live sessions match.']
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
    return total > rows.length ? [...lines, '', `Showing ${rows.length} of ${total}. Use --limit to show more.`] : lines
  })
}

function clientWords({ reconnectUntil }: ShownSession, now: number): string {
  if (reconnectUntil === undefined) return 'connected'
  return `disconnected, can reconnect for ${formatDuration(Math.max(0, Math.ceil(reconnectUntil - now)))}`
}

async function eject(sessionId: string, conversation: string, settings: CloseSettings): Promise<void> {
  if (!conversationNameSchema.safeParse(conversation).success) {
    throw new CliError('The conversation name must have 1 to 128 characters and no "*"')
  }
  await ejectSession(sessionId, conversation, settings)
}
