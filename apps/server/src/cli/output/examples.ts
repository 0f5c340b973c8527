import { commandLine } from '../../command-line.ts'

/** The last section of a help text: commands to copy. */
export function examples(...commands: readonly string[]): string {
  const lines = commands.map((words) => `  $ ${commandLine(words)}`)
  return ['', commands.length === 1 ? 'Example:' : 'Examples:', ...lines].join('\n')
}
