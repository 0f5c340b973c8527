import { Command } from 'commander'
import { MAX_LISTED } from '../control/requests.ts'
import { askServer } from './ask-server.ts'
import { CliError, columns, dateOf, print } from './output.ts'
import { dataOption, jsonOption, parseWhole } from './settings.ts'

interface Settings {
  readonly data: string
  readonly json: boolean
}

interface ListSettings extends Settings {
  readonly key?: string
  readonly user?: string
  readonly limit: number
}

const DEFAULT_LIMIT = 100

export function sessionCommand(): Command {
  const session = new Command('session').description('live sessions of the running server: list them, close one')
  session
    .command('list')
    .addOption(dataOption())
    .addOption(jsonOption())
    .description('list the live sessions, with their end and their conversations')
    .option('--key <api-key>', 'of this API key only')
    .option('--user <id>', 'of this user id only')
    .option('--limit <number>', 'how many at most', (text) => parseWhole(text, 1, MAX_LISTED), DEFAULT_LIMIT)
    .addHelpText('after', '\nExample:\n  $ stagedoor session list --user alice')
    .action(list)
  session
    .command('close <session-id>')
    .addOption(dataOption())
    .addOption(jsonOption())
    .description('close a session at once; its page hears "session_closed" and does not come back by itself')
    .addHelpText(
      'after',
      '\nThe user may register anew for as long as there is a good token.\n' +
        '\nExample:\n  $ stagedoor session list --user alice\n  $ stagedoor session close <session id>',
    )
    .action(close)
  return session
}

async function list({ data, json, key, user, limit }: ListSettings): Promise<void> {
  const found = await askServer(data, 'list_sessions', { apiKey: key, userId: user, limit })
  print(json, found, () => {
    const { sessions, total } = found
    if (sessions.length === 0) return ['There is no such live session.']
    const rows = sessions.map((session) => [
      session.sessionId,
      session.userId,
      session.apiKey,
      dateOf(Math.floor(session.since)),
      dateOf(session.until),
      session.conversations.join(', '),
    ])
    const lines = columns([['SESSION', 'USER', 'API KEY', 'SINCE', 'UNTIL', 'CONVERSATIONS'], ...rows])
    return total > rows.length ? [...lines, '', `${rows.length} of ${total}; --limit shows more.`] : lines
  })
}

async function close(sessionId: string, { data, json }: Settings): Promise<void> {
  const { session } = await askServer(data, 'close_session', { sessionId })
  if (session === null) throw new CliError('There is no such live session. See: stagedoor session list')
  print(json, session, () => [`The session of ${session.userId} is closed.`])
}
