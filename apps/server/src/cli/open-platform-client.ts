import process from 'node:process'
import { type Command, Option } from 'commander'
import { isLoopback } from '../outbound/is-loopback.ts'
import { readInput } from './input/read-input.ts'
import { cleanSetting, dataOption, jsonOption, parsePublicUrl } from './input/settings.ts'
import { openLocal } from './local/open-local.ts'
import type { StoreSettings } from './local/store.ts'
import { CliError, warn } from './output/print.ts'
import type { PlatformClient } from './platform-client.ts'
import { choosePlatform, profileOption } from './profile/choose-platform.ts'
import { requireProfile } from './profile/profiles.ts'
import { openRemote } from './remote/open-remote.ts'

/** The options of every command that works locally and remotely. */
export interface PlatformSettings extends StoreSettings {
  /** The address of a remote platform. Undefined for the platform of the data folder. */
  readonly url?: string
  /** The file that contains the personal access token. */
  readonly tokenFile?: string
  /** The profile that `url` comes from, if any. */
  readonly profile?: string
}

const HELP = `
Remote platforms: with --url (or STAGEDOOR_URL) the command uses the API of that platform instead of a data folder. It reads a
personal access token from STAGEDOOR_TOKEN or from --token-file. With --profile (or STAGEDOOR_PROFILE) it uses a platform that you
are logged in to (see "stagedoor login"). Options go before the environment, and the environment before the current profile.`

/** Adds the options of every command that works locally and remotely. */
export function onPlatform(command: Command): Command {
  return command
    .addOption(dataOption())
    .addOption(urlOption())
    .addOption(profileOption())
    .option(
      '--token-file <file>',
      'with --url or --profile: the file that contains the personal access token (default: STAGEDOOR_TOKEN, or the profile)',
    )
    .addOption(jsonOption())
    .addHelpText('after', HELP)
    .hook('preAction', (_command, action) => choosePlatform(action))
}

/** Rejects `--url` and STAGEDOOR_URL, for a command that only works locally. */
export function localOnly(command: Command): Command {
  return command.addOption(urlOption().hideHelp()).hook('preAction', (_command, action) => {
    if (action.getOptionValue('url') === undefined) return
    const fromEnvironment = action.getOptionValueSource('url') === 'env'
    if (fromEnvironment && action.getOptionValueSource('data') === 'cli') return
    const advice = fromEnvironment ? 'Unset STAGEDOOR_URL, or name the data folder with --data' : 'Remove --url'
    throw new CliError(`This command only works on the platform's own machine. ${advice}`)
  })
}

/** Opens the local or remote platform that the options name. */
export async function openPlatformClient(settings: PlatformSettings): Promise<PlatformClient> {
  const { url, tokenFile } = settings
  if (url !== undefined) return openRemote({ url, token: await findPersonalToken(url, settings) })
  if (tokenFile !== undefined) throw new CliError('--token-file needs --url')
  return openLocal(settings)
}

export const urlOption = () =>
  new Option('--url <address>', 'a remote platform, such as https://rtc.example.com or https://example.com/rtc')
    .env('STAGEDOOR_URL')
    .argParser(parsePublicUrl)

/** Returns the token of the profile, if one is used. Otherwise reads it from the file or the environment. */
export async function findPersonalToken(
  url: string,
  { profile, tokenFile }: Pick<PlatformSettings, 'profile' | 'tokenFile'>,
): Promise<string> {
  if (profile === undefined || tokenFile !== undefined) return readPersonalToken(url, tokenFile)
  return checkPersonalToken(requireProfile(profile).token, url)
}

// Never a command-line argument: other users of the machine can read those.
async function readPersonalToken(url: string, file: string | undefined): Promise<string> {
  const given = file === undefined ? process.env.STAGEDOOR_TOKEN : await readInput(file, 'the personal access token')
  if (given !== undefined && given.trim() !== '') return checkPersonalToken(given, url)
  throw new CliError(
    '--url needs a personal access token (sdpat_…) in STAGEDOOR_TOKEN or --token-file. Create one in the dashboard, under your account',
  )
}

/** Checks the form of a token, and warns if it would be sent unencrypted. Returns it without blanks at its ends. */
export function checkPersonalToken(given: string, url: string): string {
  const token = cleanSetting(given, 'The personal access token').trim()
  if (!/^[\w-]+$/.test(token)) throw new CliError('The personal access token is malformed. Expected sdpat_…')
  const { protocol, hostname } = new URL(url)
  if (protocol === 'http:' && !isLoopback(hostname))
    warn(`the personal access token is sent to ${hostname} unencrypted; use https:`)
  return token
}
