import { type Command, Option } from 'commander'
import { CliError } from '../output/print.ts'
import { parseProfileName, readProfiles, requireProfile } from './profiles.ts'

/** What names a platform, the strongest first where several come from the same place. */
const NAMED_BY = ['url', 'profile', 'data'] as const
type NamedBy = (typeof NAMED_BY)[number]

export const profileOption = (): Option =>
  new Option('--profile <name>', 'a remote platform that you are logged in to')
    .env('STAGEDOOR_PROFILE')
    .argParser(parseProfileName)

/**
 * Decides which platform a command uses: the one that an option names, then the environment, then the current profile, and
 * otherwise the data folder. Clears the options that do not apply, and sets `url` for a profile.
 *
 * @param readCurrent returns the current profile, if there is one.
 */
export function choosePlatform(
  command: Command,
  readCurrent: () => string | undefined = () => readProfiles().current,
): void {
  const from = (source: string) => NAMED_BY.filter((name) => command.getOptionValueSource(name) === source)
  const onCommandLine = from('cli')
  if (onCommandLine.includes('data') && onCommandLine.includes('url')) {
    throw new CliError('Use either --data (a local platform) or --url (a remote one), not both')
  }
  if (onCommandLine.length > 1) throw new CliError('Use only one of --data, --url and --profile')
  const chosen: NamedBy | undefined = onCommandLine[0] ?? from('env')[0]
  const profile =
    chosen === undefined ? readCurrent() : chosen === 'profile' ? command.getOptionValue('profile') : undefined
  command.setOptionValue('profile', profile)
  if (profile !== undefined) command.setOptionValue('url', requireProfile(profile).url)
  else if (chosen !== 'url') command.setOptionValue('url', undefined)
}
