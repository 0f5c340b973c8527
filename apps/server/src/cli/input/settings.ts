import process from 'node:process'
import { type Command, InvalidArgumentError, Option } from 'commander'
import { readPublicUrl } from '../../public-url.ts'
import { CliError } from '../output/print.ts'

export const MAX_PORT = 65_535

export const dataOption = (): Option =>
  new Option('--data <folder>', 'the folder of the store and the master key').env('STAGEDOOR_DATA').default('./data')

export const jsonOption = (): Option => new Option('--json', 'print JSON').default(false)

export function parsePort(text: string): number {
  return parseWhole(text, 0, MAX_PORT)
}

export function parseWhole(text: string, least: number, most: number): number {
  const value = /^\d+$/.test(text) ? Number(text) : Number.NaN
  if (value >= least && value <= most) return value
  throw new InvalidArgumentError(`Expected a whole number from ${least} to ${most}.`)
}

/** Parses the address of a platform. Returns it without a trailing slash. */
export function parsePublicUrl(text: string): string {
  const read = readPublicUrl(text)
  if (read.ok) return read.url
  throw new InvalidArgumentError(read.problem)
}

// These may have several lines: an interrupted rotation leaves a file with two master keys.
const WITH_LINES: readonly string[] = ['STAGEDOOR_MASTER_KEY', 'STAGEDOOR_MASTER_KEY_NEW']
// biome-ignore lint/suspicious/noControlCharactersInRegex: what it looks for.
const CONTROL_CHARACTER = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/

/**
 * Removes trailing blanks and line ends from a setting: files and secret stores often add them.
 *
 * @param name the name for the error, which never contains the value.
 */
export function cleanSetting(value: string, name: string): string {
  const text = WITH_LINES.includes(name) ? value.replace(/[ \t\r\n]+/g, ' ') : value
  const clean = text.trimEnd()
  const [found] = CONTROL_CHARACTER.exec(clean) ?? []
  if (found === undefined) return clean
  const code = found.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')
  throw new CliError(`${name} contains a control character (U+${code}). Set it to one line of plain text`)
}

/** Cleans every setting in the environment, before anything reads one. */
export function cleanEnvironment(environment: NodeJS.ProcessEnv): void {
  for (const [name, value] of Object.entries(environment)) {
    if (name.startsWith('STAGEDOOR_') && value !== undefined) environment[name] = cleanSetting(value, name)
  }
}

/** The minimum length of the metrics token, in characters. */
export const MIN_METRICS_TOKEN_LENGTH = 32

/** Reads the metrics token from the environment. Throws if it is too short. */
export function readMetricsToken(token = process.env.STAGEDOOR_METRICS_TOKEN): string | undefined {
  if (token === undefined || token.length >= MIN_METRICS_TOKEN_LENGTH) return token
  throw new CliError(
    `STAGEDOOR_METRICS_TOKEN has less than ${MIN_METRICS_TOKEN_LENGTH} characters and can be guessed. Generate one: openssl rand -hex 32`,
  )
}

/** Adds the options of every command that uses the store. */
export function onStore(command: Command): Command {
  return command.addOption(dataOption()).addOption(jsonOption())
}
