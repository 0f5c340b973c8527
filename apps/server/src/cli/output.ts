import process from 'node:process'

/** Something that was typed wrong or cannot be done: one line, exit code 2. */
export class CliError extends Error {
  override readonly name = 'CliError'
}

/** Prints a result: as JSON for programs, else as lines for people. */
export function print(json: boolean, result: unknown, lines: () => readonly string[]): void {
  process.stdout.write(json ? `${JSON.stringify(result, null, 2)}\n` : `${lines().join('\n')}\n`)
}

/** Says something beside the result, where it is not in the way of a program that reads that. */
export function warn(text: string): void {
  process.stderr.write(`stagedoor: ${text}\n`)
}

/** Lays rows out in columns as wide as they need to be. */
export function columns(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_cell, at) => Math.max(...rows.map((row) => row[at]?.length ?? 0)))
  return rows.map((row) =>
    row
      .map((cell, at) => cell.padEnd(widths[at] ?? 0))
      .join('  ')
      .trimEnd(),
  )
}

/** A time as people read it. */
export function dateOf(seconds: number): string {
  const milliseconds = seconds * 1000
  return Number.isFinite(new Date(milliseconds).getTime())
    ? new Date(milliseconds).toISOString().replace('.000Z', 'Z')
    : String(seconds)
}
