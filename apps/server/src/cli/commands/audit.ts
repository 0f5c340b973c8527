import process from 'node:process'
import { setTimeout as sleep } from 'node:timers/promises'
import { Command } from 'commander'
import { MAX_LISTED } from '../../control/requests.ts'
import { parseWhole } from '../input/settings.ts'
import { timeOption } from '../input/time-option.ts'
import { onPlatform, openPlatformClient, type PlatformSettings } from '../open-platform-client.ts'
import { examples } from '../output/examples.ts'
import { CliError, columns, dateOf, printList, withIsoTimes } from '../output/print.ts'
import type { AuditClient, ShownAuditEntry } from '../platform-client.ts'

interface ListSettings extends PlatformSettings {
  readonly key?: string
  readonly action?: string
  readonly actor?: string
  readonly subject?: string
  readonly since?: number
  readonly until?: number
  readonly limit: number
  readonly follow: boolean
}

const DEFAULT_LIMIT = 50
const FOLLOW_INTERVAL_MS = 2_000

/** Builds the `audit` command: who changed what. */
export function auditCommand(): Command {
  const audit = new Command('audit').description('the audit log: who changed what, and who logged in')
  onPlatform(audit.command('list'))
    .description('list the entries of the audit log, latest first')
    .option('--key <api-key>', 'only this API key')
    .option('--action <action>', 'only this action, such as session.closed; or session. for all that start with it')
    .option('--actor <actor>', 'only this account, by its id or email address')
    .option('--subject <id>', 'only what was done to this key, session, account or webhook')
    .addOption(timeOption('--since <time>', 'only from then on'))
    .addOption(timeOption('--until <time>', 'only before then'))
    .option(
      '--limit <number>',
      'the maximum number of entries',
      (text) => parseWhole(text, 1, MAX_LISTED),
      DEFAULT_LIMIT,
    )
    .option('--follow', 'print new entries as they are written, until you press Ctrl-C', false)
    .addHelpText(
      'after',
      '\nTo see older entries, use --limit, or --until with the time of the last line. With --follow and --json, each entry is one\n' +
        'line of JSON. A remote platform needs the right audit:read.\n' +
        examples(
          'audit list --since 1h',
          'audit list --key key_… --action signing_key. --limit 200',
          'audit list --actor you@example.com --since 2026-07-01 --until 2026-08-01',
          'audit list --follow',
        ),
    )
    .action(list)
  return audit
}

async function list({ key, limit, follow, ...settings }: ListSettings): Promise<void> {
  const { action, actor, subject, since, until } = settings
  const { audit } = await openPlatformClient(settings)
  const filter = { apiKey: key, action, actor, subject, since, until }
  if (follow) return followEntries(audit, filter, settings)
  // One more, to know whether there are more.
  const found = await audit.list({ ...filter, limit: limit + 1 })
  const items = found.slice(0, limit)
  const hasMore = found.length > limit
  printList(settings.json, { items, hasMore }, () => {
    if (items.length === 0) return ['No entries match.']
    const lines = columns([HEAD, ...items.map(rowOf)])
    return hasMore ? [...lines, '', `Showing the latest ${limit}. Use --limit to show more.`] : lines
  })
}

const HEAD = ['TIME', 'ACTOR', 'ACTION', 'API KEY', 'SUBJECT', 'ADDRESS']

function rowOf({ at, actor, action, apiKey, subject, address }: ShownAuditEntry): string[] {
  const who = actor.name ?? actor.id ?? actor.kind
  const how = actor.kind === 'account' || who === actor.kind ? who : `${who} (${actor.kind.replace('_', ' ')})`
  return [dateOf(Math.floor(at)), how, action, apiKey ?? '', subject ?? '', address ?? '']
}

type Filter = Omit<Parameters<AuditClient['list']>[0], 'limit' | 'earliestFirst'>

/** Prints new entries until the process is interrupted. */
async function followEntries(
  audit: AuditClient,
  { since, until, ...filter }: Filter,
  { json }: PlatformSettings,
): Promise<void> {
  if (until !== undefined) throw new CliError('Use either --follow or --until, not both')
  let from = since ?? Date.now() / 1000
  let printed = new Set<number>()
  for (;;) {
    // Entries of the same second as the last one may still be written.
    const entries = await audit.list({ ...filter, since: from, earliestFirst: true, limit: MAX_LISTED })
    const news = entries.filter(({ auditId }) => !printed.has(auditId))
    for (const entry of news) {
      const line = json ? JSON.stringify(withIsoTimes(entry)) : rowOf(entry).filter(Boolean).join('  ')
      process.stdout.write(`${line}\n`)
    }
    const last = entries.at(-1)
    if (last !== undefined) {
      from = Math.floor(last.at)
      printed = new Set(entries.filter(({ at }) => at >= from).map(({ auditId }) => auditId))
    }
    await sleep(FOLLOW_INTERVAL_MS)
  }
}
