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

/** A span of seconds in words: "2 h 5 min". */
export function spanOf(seconds: number): string {
  const whole = Math.round(Math.abs(seconds))
  const parts: [number, string][] = [
    [Math.floor(whole / 86_400), 'd'],
    [Math.floor((whole % 86_400) / 3_600), 'h'],
    [Math.floor((whole % 3_600) / 60), 'min'],
    [whole % 60, 's'],
  ]
  const shown = parts.filter(([count]) => count > 0).slice(0, 2)
  return shown.length === 0 ? '0 s' : shown.map(([count, unit]) => `${count} ${unit}`).join(' ')
}
