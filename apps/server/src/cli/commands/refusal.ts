import { REFUSAL_CODES, type RefusalCode } from '@stagedoor/protocol'
import { Command, Option } from 'commander'
import { commandLine } from '../../command-line.ts'
import { type AnswerOf, MAX_LISTED, type ShownRefusal } from '../../control/requests.ts'
import { parseWhole } from '../input/settings.ts'
import { onPlatform, openPlatformClient, type PlatformSettings } from '../open-platform-client.ts'
import { checkLines } from '../output/check-list.ts'
import { clockWords } from '../output/clock-words.ts'
import { examples } from '../output/examples.ts'
import { CliError, columns, dateOf, print, printList, withIsoTimes } from '../output/print.ts'

interface ListSettings extends PlatformSettings {
  readonly key?: string
  readonly code?: RefusalCode
  readonly user?: string
  readonly limit: number
}

const DEFAULT_LIMIT = 20
const REFUSAL_ID = /^rf_[\da-f-]{36}$/

export function refusalCommand(): Command {
  const refusal = new Command('refusal').description('refused connections')
  onPlatform(refusal.command('list'))
    .description('list refusals, latest first')
    .option('--key <api-key>', 'only this API key')
    .addOption(new Option('--code <code>', 'only this code').choices(REFUSAL_CODES))
    .option('--user <id>', 'only this user id')
    .option(
      '--limit <number>',
      'the maximum number of refusals',
      (text) => parseWhole(text, 1, MAX_LISTED),
      DEFAULT_LIMIT,
    )
    .addHelpText(
      'after',
      '\nRepeated refusals (same user, reason and address within an hour) are listed once, with a count.\n' +
        examples('refusal list --code token_expired', 'refusal list --key key_… --user alice'),
    )
    .action(list)
  onPlatform(refusal.command('show <refusal-id>'))
    .description('show one refusal: its checks, clocks, origin, and how to fix it')
    .addHelpText(
      'after',
      '\nThe client receives the id with the refusal ("refusalId"). It is also in the server log.\n' +
        examples('refusal show rf_…'),
    )
    .action(show)
  return refusal
}

async function list({ key, code, user, limit, ...settings }: ListSettings): Promise<void> {
  const client = await openPlatformClient(settings)
  const found = await client.refusals.list({ apiKey: key, code, userId: user, limit })
  const { refusals, total, keptSince, discarded } = found
  const completeness = {
    keptSince: dateOf(Math.floor(keptSince)),
    ...(discarded && { discarded: withIsoTimes(discarded) }),
  }
  printList(settings.json, { items: refusals, total, ...completeness }, () => {
    const missing = describeMissing(found)
    if (refusals.length === 0) return [`No refusals since ${dateOf(Math.floor(keptSince))}.`, ...missing]
    const rows = refusals.map((refusal) => [
      dateOf(Math.floor(refusal.lastAt)),
      refusal.latestRefusalId,
      refusal.code,
      refusal.userId,
      refusal.apiKey,
      `${refusal.count}`,
    ])
    const lines = columns([['LATEST', 'REFUSAL', 'CODE', 'USER', 'API KEY', 'COUNT'], ...rows])
    const more = total > rows.length ? [`Showing ${rows.length} of ${total}. Use --limit to show more.`] : []
    return more.length + missing.length === 0 ? lines : [...lines, '', ...more, ...missing]
  })
}

/** What is missing in a list, if anything. Otherwise "none" could mean that some were dropped. */
function describeMissing({ discarded }: Pick<AnswerOf<'list_refusals'>, 'discarded'>): string[] {
  if (discarded === undefined) return []
  const { count, firstAt, lastAt } = discarded
  const [first, last] = [dateOf(Math.floor(firstAt)), dateOf(Math.floor(lastAt))]
  return [`${count} more from ${first} to ${last} are not kept, because there were too many.`]
}

async function show(refusalId: string, settings: PlatformSettings): Promise<void> {
  if (!REFUSAL_ID.test(refusalId))
    throw new CliError(`${JSON.stringify(refusalId)} is not a refusal id. Expected "rf_" and a UUID`)
  const refusal = await (await openPlatformClient(settings)).refusals.find(refusalId)
  if (refusal === undefined) {
    throw new CliError(
      `There is no refusal ${refusalId}, or it is no longer kept. List the refusals: ${commandLine('refusal list')}`,
    )
  }
  print(settings.json, withIsoTimes(refusal), () => describeRefusal(refusal))
}

function describeRefusal(refusal: ShownRefusal): string[] {
  const { code, publicCode, message, count, firstAt, lastAt, clockDifferenceSeconds } = refusal
  const facts: (readonly [string, string | undefined])[] = [
    ['Time', dateOf(Math.floor(lastAt))],
    ['Count', count === 1 ? '1' : `${count} since ${dateOf(Math.floor(firstAt))}`],
    ['API key', refusal.apiKey],
    ['User id', refusal.userId],
    ['Code sent to client', publicCode === code ? undefined : publicCode],
    ['Clocks', clockDifferenceSeconds === undefined ? undefined : clockWords(clockDifferenceSeconds)],
    ['Address', refusal.address],
    ['Origin', refusal.origin],
    ['User agent', refusal.userAgent],
    ['How to fix it', refusal.docs],
  ]
  const known = facts.flatMap(([name, fact]) => (fact === undefined || fact === '' ? [] : [[name, fact]]))
  return [`Refused: ${code}. ${message}.`, '', ...columns(known), '', ...checkLines(refusal.checks)]
}
