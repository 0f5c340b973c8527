import { randomBytes } from 'node:crypto'
import { chmodSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { InvalidArgumentError } from 'commander'
import { z } from 'zod'
import { commandLine } from '../../command-line.ts'
import { CliError } from '../output/print.ts'
import { configFolder } from './config-folder.ts'

/** The maximum length of the name of a profile, in characters. */
export const MAX_PROFILE_NAME_LENGTH = 64

const NAME = /^[A-Za-z0-9][\w.-]*$/

const profilesSchema = z.object({
  /** The profile that commands use if nothing else is named. */
  current: z.string().optional(),
  profiles: z.record(
    z.string().regex(NAME).max(MAX_PROFILE_NAME_LENGTH),
    z.object({ url: z.url(), token: z.string() }),
  ),
})

/** A remote platform, and the personal access token to use it with. */
export interface Profile {
  readonly name: string
  readonly url: string
  readonly token: string
}

interface Profiles {
  readonly current: string | undefined
  readonly all: readonly Profile[]
}

/** The file of the profiles. */
export function profilesFile(): string {
  return join(configFolder(), 'profiles.json')
}

/** Reads the profiles. Returns none if there is no file. */
export function readProfiles(file = profilesFile()): Profiles {
  const text = readIfAny(file)
  if (text === undefined) return { current: undefined, all: [] }
  const reading = profilesSchema.safeParse(parseJson(text))
  if (!reading.success) {
    throw new CliError(`${file} is not a file of profiles. Delete it, then log in again: ${commandLine('login <url>')}`)
  }
  const { current, profiles } = reading.data
  const all = Object.entries(profiles).map(([name, profile]) => ({ name, ...profile }))
  return { current: current !== undefined && current in profiles ? current : undefined, all }
}

/** Writes the profiles, so that only the user can read them, and nobody sees half of them. */
export function writeProfiles({ current, all }: Profiles, file = profilesFile()): void {
  const profiles = Object.fromEntries(all.map(({ name, url, token }) => [name, { url, token }]))
  const draft = `${file}.${randomBytes(6).toString('hex')}`
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
  } catch (error) {
    throw cannotWrite(file, error)
  }
  try {
    writeFileSync(draft, `${JSON.stringify({ current, profiles }, null, 2)}\n`, { mode: 0o600, flag: 'wx' })
    // The umask may have taken rights away.
    chmodSync(draft, 0o600)
    renameSync(draft, file)
  } catch (error) {
    rmSync(draft, { force: true })
    throw cannotWrite(file, error)
  }
}

function cannotWrite(file: string, error: unknown): CliError {
  const { code, message } = error as NodeJS.ErrnoException
  return new CliError(`Cannot write ${file}: ${code ?? message}`)
}

/** Stores a profile and makes it the current one. */
export function storeProfile(profile: Profile, file?: string): void {
  const others = readProfiles(file).all.filter(({ name }) => name !== profile.name)
  writeProfiles({ current: profile.name, all: [...others, profile] }, file)
}

/** Removes a profile. */
export function removeProfile(name: string, file?: string): void {
  const { current, all } = readProfiles(file)
  const rest = all.filter((profile) => profile.name !== name)
  writeProfiles({ current: current === name ? undefined : current, all: rest }, file)
}

/** Finds a profile by its name. Throws if there is none. */
export function requireProfile(name: string, file?: string): Profile {
  const found = readProfiles(file).all.find((profile) => profile.name === name)
  if (found !== undefined) return found
  throw new CliError(
    `There is no profile ${JSON.stringify(name)}. List the profiles: ${commandLine('profile list')}, or create it: ${commandLine(`login <url> --profile ${name}`)}`,
  )
}

/** Parses the name of a profile. */
export function parseProfileName(text: string): string {
  if (text.length <= MAX_PROFILE_NAME_LENGTH && NAME.test(text)) return text
  throw new InvalidArgumentError(
    `Expected 1 to ${MAX_PROFILE_NAME_LENGTH} letters, digits, dots, hyphens or underscores, starting with a letter or digit.`,
  )
}

function readIfAny(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined
    throw new CliError(`Cannot read ${file}: ${code ?? message}`)
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
