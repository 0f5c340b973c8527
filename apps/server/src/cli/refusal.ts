import { REFUSAL_CODES, type RefusalCode } from '@stagedoor/protocol'
import { Command, Option } from 'commander'
import { MAX_LISTED, type ShownRefusal } from '../control/requests.ts'
import { checkLines } from './check-list.ts'
import { clockWords } from './clock-words.ts'
import { onPlatform, openPlatformClient, type PlatformSettings } from './open-platform-client.ts'
import { CliError, columns, dateOf, print } from './output.ts'
import { parseWhole } from './settings.ts'

interface ListSettings extends PlatformSettings {
  readonly key?: string
  readonly code?: RefusalCode
  readonly user?: string
  readonly limit: number
}

const DEFAULT_LIMIT = 20
const REFUSAL_ID = /^rf_[\da-f-]{36}$/

export function refusalCommand(): Command {
  const refusal = new Command('refusal').description(
    'why was I refused: the refusals of late, from the running platform',
  )
  onPlatform(refusal.command('list'))
    .description('list the refusals of late, the latest first')
    .option('--key <api-key>', 'of this API key only')
    .addOption(new Option('--code <code>', 'with this code only').choices(REFUSAL_CODES))
    .option('--user <id>', 'of this user id only')
    .option('--limit <number>', 'how many at most', (text) => parseWhole(text, 1, MAX_LISTED), DEFAULT_LIMIT)
    .addHelpText(
      'after',
      '\nA refusal that repeats (the same user, reason and place, within an hour) is listed once and counted.\n' +
        '\nExamples:\n  $ stagedoor refusal list --code token_expired\n  $ stagedoor refusal list --key key_… --user alice',
    )
    .action(list)
  onPlatform(refusal.command('show <refusal-id>'))
    .description('show one refusal whole: each check, the clocks, where it came from, what to do')
    .addHelpText(
      'after',
      '\nThe id is what the page was given with the refusal ("refusalId"); it is in the log too.\n' +
        '\nExample:\n  $ stagedoor refusal show rf_…',
    )
    .action(show)
  return refusal
}

async function list({ key, code, user, limit, ...settings }: ListSettings): Promise<void> {
  const client = await openPlatformClient(settings)
  const found = await client.refusals.list({ apiKey: key, code, userId: user, limit })
  print(settings.json, found, () => {
    const { refusals, total } = found
    if (refusals.length === 0) return ['Nobody was refused of late.']
    const rows = refusals.map((refusal) => [
      dateOf(Math.floor(refusal.lastAt)),
      refusal.latestRefusalId,
      refusal.code,
      refusal.userId,
      refusal.apiKey,
      `${refusal.count}`,
    ])
    const lines = columns([['LATEST', 'REFUSAL', 'CODE', 'USER', 'API KEY', 'TIMES'], ...rows])
    return total > rows.length ? [...lines, '', `${rows.length} of ${total}; --limit shows more.`] : lines
  })
}

async function show(refusalId: string, settings: PlatformSettings): Promise<void> {
  if (!REFUSAL_ID.test(refusalId)) throw new CliError('This is no refusal id: one is "rf_" and a UUID')
  const refusal = await (await openPlatformClient(settings)).refusals.find(refusalId)
  if (refusal === undefined) {
    throw new CliError(`There is no refusal ${refusalId} (any more). See: stagedoor refusal list`)
  }
  print(settings.json, refusal, () => describeRefusal(refusal))
}

function describeRefusal(refusal: ShownRefusal): string[] {
  const { code, publicCode, message, count, firstAt, lastAt, clockDifferenceSeconds } = refusal
  const facts: (readonly [string, string | undefined])[] = [
    ['When', dateOf(Math.floor(lastAt))],
    ['How often', count === 1 ? 'once' : `${count} times since ${dateOf(Math.floor(firstAt))}`],
    ['API key', refusal.apiKey],
    ['User', refusal.userId],
    ['Was told', publicCode === code ? undefined : publicCode],
    ['Clocks', clockDifferenceSeconds === undefined ? undefined : clockWords(clockDifferenceSeconds)],
    ['Address', refusal.address],
    ['Origin', refusal.origin],
    ['User agent', refusal.userAgent],
    ['What to do', refusal.docs],
  ]
  const known = facts.flatMap(([name, fact]) => (fact === undefined || fact === '' ? [] : [[name, fact]]))
  return [`Refused: ${code}. ${message}.`, '', ...columns(known), '', ...checkLines(refusal.checks)]
}
