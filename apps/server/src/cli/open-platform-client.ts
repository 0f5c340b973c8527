import { existsSync } from 'node:fs'
import process from 'node:process'
import { type Command, Option } from 'commander'
import { isLoopback } from '../outbound/is-loopback.ts'
import { openLocal } from './local/open-local.ts'
import { CliError, warn } from './output.ts'
import type { PlatformClient } from './platform-client.ts'
import { readInput } from './read-input.ts'
import { openRemote } from './remote/open-remote.ts'
import { cleanSetting, dataOption, jsonOption, parsePublicUrl, type StoreSettings } from './settings.ts'

/** What every command takes that works on a platform, wherever that is. */
export interface PlatformSettings extends StoreSettings {
  /** Where its API is reached; nothing for the platform of the data folder. */
  readonly url?: string
  /** The file that holds the personal access token. */
  readonly tokenFile?: string
}

const HELP = `
From afar: with --url (or STAGEDOOR_URL) the command asks the API of the platform there, with a personal access token in
STAGEDOOR_TOKEN or in the file of --token-file, and needs no data folder.`

/** Adds what every command takes that works here and from afar. */
export function onPlatform(command: Command): Command {
  return command
    .addOption(dataOption())
    .addOption(urlOption())
    .option(
      '--token-file <file>',
      'with --url: the file that holds the personal access token (default: STAGEDOOR_TOKEN)',
    )
    .addOption(jsonOption())
    .addHelpText('after', HELP)
    .hook('preAction', (_command, action) => {
      if (action.getOptionValueSource('data') !== 'cli') return
      // Whoever names the data folder means it, whatever the environment says.
      if (action.getOptionValueSource('url') === 'env') action.setOptionValue('url', undefined)
      else if (action.getOptionValue('url') !== undefined) {
        throw new CliError('Give --data for the platform of this machine, or --url for one elsewhere, and not both')
      }
    })
}

/** Refuses to work on the store of this machine where somebody means a platform elsewhere. */
export function hereAlone(command: Command): Command {
  return command.addOption(urlOption().hideHelp()).hook('preAction', (_command, action) => {
    if (action.getOptionValue('url') === undefined) return
    const fromEnvironment = action.getOptionValueSource('url') === 'env'
    if (fromEnvironment && action.getOptionValueSource('data') === 'cli') return
    const advice = fromEnvironment ? 'Unset STAGEDOOR_URL, or name the data folder with --data' : 'Leave --url out'
    throw new CliError(`This works on the platform's own machine alone. ${advice}`)
  })
}

/** The platform that a command is about. */
export async function openPlatformClient(settings: PlatformSettings): Promise<PlatformClient> {
  const { url, tokenFile } = settings
  if (url !== undefined) return openRemote({ url, token: await readPersonalToken(url, tokenFile) })
  if (tokenFile !== undefined) throw new CliError('--token-file goes with --url')
  return openLocal(settings)
}

export const urlOption = () =>
  new Option('--url <address>', 'the platform elsewhere, such as https://rtc.example.com or https://example.com/rtc')
    .env('STAGEDOOR_URL')
    .argParser(parsePublicUrl)

// Never from the command line, which other users of a machine can read.
export async function readPersonalToken(url: string, file: string | undefined): Promise<string> {
  if (file !== undefined && !existsSync(file)) throw new CliError(`There is no file ${file}`)
  const given = file === undefined ? process.env.STAGEDOOR_TOKEN : await readInput(file, 'the personal access token')
  const token = cleanSetting(given ?? '', 'The personal access token').trim()
  if (token === '') {
    throw new CliError(
      'Give a personal access token (sdpat_…) in STAGEDOOR_TOKEN or, with --token-file, in a file. The dashboard makes one, under your account',
    )
  }
  if (!/^[\w-]+$/.test(token)) throw new CliError('What was given as the personal access token is none: one is sdpat_…')
  const { protocol, hostname } = new URL(url)
  if (protocol === 'http:' && !isLoopback(hostname)) warn(`the token goes to ${hostname} unencrypted; use https:`)
  return token
}
