import process from 'node:process'

/** A mistyped command, or one that cannot be carried out: printed as one line, with exit code 2. */
export class CliError extends Error {
  override readonly name = 'CliError'
}

/** Prints a result: as JSON for programs, otherwise as lines for people. */
export function print(json: boolean, result: unknown, lines: () => readonly string[]): void {
  process.stdout.write(json ? `${JSON.stringify(result, null, 2)}\n` : `${lines().join('\n')}\n`)
}

/** A list as the commands print it. */
interface List<T extends object> {
  readonly items: readonly T[]
  /** How many there are, if more than `items` can exist. */
  readonly total?: number
  /** The same, if they are not counted. */
  readonly hasMore?: boolean
}

/** Prints a list: as `{ items, total? }` for programs, otherwise as lines for people. */
export function printList<T extends object>(json: boolean, list: List<T>, lines: () => readonly string[]): void {
  print(json, { ...list, items: list.items.map(withIsoTimes) }, lines)
}

/** The fields of records that are times, in seconds since 1970. */
const TIMES: readonly string[] = [
  'createdAt',
  'retiresAt',
  'lastUsedAt',
  'since',
  'until',
  'reconnectUntil',
  'firstAt',
  'lastAt',
  'revokedAt',
  'forgetAt',
  'at',
  'dueAt',
  'previousUntil',
  'expiresAt',
]

/** The payload of a delivery is printed as it is sent. */
const VERBATIM = 'payload'

/** Formats the times of a record, and of the records in it, as ISO 8601, for JSON. */
export function withIsoTimes(record: object): object {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, withIsoTime(name, value)]))
}

function withIsoTime(name: string, value: unknown): unknown {
  if (typeof value === 'number') return TIMES.includes(name) ? dateOf(value) : value
  if (typeof value !== 'object' || value === null || name === VERBATIM) return value
  return Array.isArray(value) ? value.map((item) => withIsoTime('', item)) : withIsoTimes(value)
}

/** Prints a warning on standard error, separate from the result. */
export function warn(text: string): void {
  process.stderr.write(`stagedoor: ${text}\n`)
}

/** Aligns rows in columns. */
export function columns(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_cell, at) => Math.max(...rows.map((row) => row[at]?.length ?? 0)))
  return rows.map((row) =>
    row
      .map((cell, at) => cell.padEnd(widths[at] ?? 0))
      .join('  ')
      .trimEnd(),
  )
}

/** Formats a time in seconds since 1970 as ISO 8601. */
export function dateOf(seconds: number): string {
  const milliseconds = seconds * 1000
  return Number.isFinite(new Date(milliseconds).getTime())
    ? new Date(milliseconds).toISOString().replace('.000Z', 'Z')
    : String(seconds)
}
