import { userInfo } from 'node:os'
import { resolve } from 'node:path'
import process from 'node:process'
import { type Command, InvalidArgumentError, Option } from 'commander'
import type { ChangeContext } from '../api-key/change-context.ts'
import { fetchKeysWith } from '../keyring/fetch-keys.ts'
import { type Keyring, loadKeyring } from '../keyring/keyring.ts'
import { makeChange, type Note, type TransactionContext } from '../make-change.ts'
import { readPublicUrl } from '../public-url.ts'
import type { Ledger } from '../records.ts'
import { openStore, type StoreLocation } from '../store/open.ts'
import { CliError, warn } from './output.ts'

const MAX_PORT = 65_535

export const dataOption = (): Option =>
  new Option('--data <folder>', 'where the store and the master key are').env('STAGEDOOR_DATA').default('./data')

export const jsonOption = (): Option => new Option('--json', 'print JSON').default(false)

export function parsePort(text: string): number {
  return parseWhole(text, 0, MAX_PORT)
}

export function parseWhole(text: string, least: number, most: number): number {
  const value = /^\d+$/.test(text) ? Number(text) : Number.NaN
  if (value >= least && value <= most) return value
  throw new InvalidArgumentError(`Give a whole number from ${least} to ${most}.`)
}

const SECONDS: Readonly<Record<string, number>> = { s: 1, m: 60, min: 60, h: 3_600, d: 86_400 }

/** A span of time such as `24h`, in seconds. */
export function parseSpan(text: string, most: number): number {
  const [, count, unit = 's'] = /^(\d+)(s|m|min|h|d)?$/.exec(text) ?? []
  const seconds = Number(count) * (SECONDS[unit] ?? Number.NaN)
  if (seconds <= most) return seconds
  throw new InvalidArgumentError(`Give a span such as 90s, 30m, 24h or 7d, ${most / 86_400}d at the most.`)
}

/** The address of a platform, without a trailing slash. */
export function parsePublicUrl(text: string): string {
  const read = readPublicUrl(text)
  if (read.ok) return read.url
  throw new InvalidArgumentError(read.problem)
}

/** What every command that works on the store takes. */
export interface StoreSettings {
  readonly data: string
  readonly json: boolean
}

/** What the environment says of the store, which the command line does not: other users of a machine can read that. */
export function locateStore({ data }: Pick<StoreSettings, 'data'>): StoreLocation {
  return {
    dataFolder: resolve(data),
    masterKey: process.env.STAGEDOOR_MASTER_KEY,
    databaseUrl: process.env.STAGEDOOR_DATABASE_URL,
  }
}

// A text with several of these in it is read as if there were blanks: a file with two master keys, as a rotation leaves it.
const WITH_LINES: readonly string[] = ['STAGEDOOR_MASTER_KEY', 'STAGEDOOR_MASTER_KEY_NEW']
// biome-ignore lint/suspicious/noControlCharactersInRegex: what it looks for.
const CONTROL_CHARACTER = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/

/**
 * A setting without the blanks and line ends behind it, which files and secret stores add and nobody sees.
 *
 * @param name names it in the error, which does not hold the value.
 */
export function cleanSetting(value: string, name: string): string {
  const text = WITH_LINES.includes(name) ? value.replace(/[ \t\r\n]+/g, ' ') : value
  const clean = text.trimEnd()
  const [found] = CONTROL_CHARACTER.exec(clean) ?? []
  if (found === undefined) return clean
  const code = found.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')
  throw new CliError(`${name} contains a control character (U+${code}). Set it to one line of plain text`)
}

/** Cleans every setting of the environment, before anything reads one. */
export function cleanEnvironment(environment: NodeJS.ProcessEnv): void {
  for (const [name, value] of Object.entries(environment)) {
    if (name.startsWith('STAGEDOOR_') && value !== undefined) environment[name] = cleanSetting(value, name)
  }
}

/** The shortest token that metrics may be read with, in characters. */
export const MIN_METRICS_TOKEN_LENGTH = 32

/** What the environment says of who may read the metrics. */
export function readMetricsToken(token = process.env.STAGEDOOR_METRICS_TOKEN): string | undefined {
  if (token === undefined || token.length >= MIN_METRICS_TOKEN_LENGTH) return token
  throw new CliError(
    `STAGEDOOR_METRICS_TOKEN has less than ${MIN_METRICS_TOKEN_LENGTH} characters, so it can be guessed. Make one: openssl rand -hex 32`,
  )
}

/** Opens the store for the length of one command. */
export async function withStore<T>(
  settings: StoreSettings,
  use: (context: ChangeContext & { readonly store: Ledger }) => Promise<T>,
): Promise<T> {
  const { store, seal } = await openStore(locateStore(settings))
  try {
    return await use({ store, seal, now: () => Date.now() / 1000 })
  } finally {
    await store.close()
  }
}

/** Who is at the command line, by the name that this machine knows them by. */
export function whoAsks(): string {
  return userInfo().username
}

/** Makes a change, and writes into the audit trail that somebody at the command line did. */
export function withChange<T>(
  settings: StoreSettings,
  change: (context: TransactionContext, note: Note) => Promise<T>,
): Promise<T> {
  const actor = { kind: 'command_line', id: undefined, name: whoAsks() } as const
  return withStore(settings, (context) => makeChange(context, { actor, address: undefined }, change))
}

/** Loads the keyring of an open store, with the published key that a token needs if there is one. */
export async function loadKeyringFor(
  { store, seal, now }: ChangeContext,
  apiKey: string,
  token: string | undefined,
): Promise<Keyring> {
  const fetchKeys = fetchKeysWith((url, error) => warn(`${url} does not give its keys: ${(error as Error).message}`))
  const keyring = await loadKeyring({ store, seal, now, fetchKeys })
  await keyring.fetchKeysFor(apiKey, token)
  return keyring
}

/** Adds what every command that works on the store takes. */
export function onStore(command: Command): Command {
  return command.addOption(dataOption()).addOption(jsonOption())
}
