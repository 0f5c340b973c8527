import process from 'node:process'
import { type components, createAdmin } from '@stagedoor/admin'
import { Command } from 'commander'
import { commandLine } from '../../command-line.ts'
import { askHidden } from '../input/ask-hidden.ts'
import { readInput } from '../input/read-input.ts'
import { jsonOption, parsePublicUrl } from '../input/settings.ts'
import { checkPersonalToken } from '../open-platform-client.ts'
import { examples } from '../output/examples.ts'
import { CliError, columns, print, printList } from '../output/print.ts'
import {
  parseProfileName,
  profilesFile,
  readProfiles,
  removeProfile,
  requireProfile,
  storeProfile,
  writeProfiles,
} from '../profile/profiles.ts'
import { fetchFrom } from '../remote/fetch-from.ts'

interface LoginSettings {
  readonly profile: string
  readonly tokenFile?: string
  readonly json: boolean
}

interface ProfileSettings {
  readonly profile?: string
  readonly json: boolean
}

type Me = components['schemas']['Me']

const DEFAULT_PROFILE = 'default'

/** Builds the `login` command: checks a personal access token and stores it as a profile. */
export function loginCommand(): Command {
  return new Command('login')
    .argument('<url>', 'the address of the platform, such as https://rtc.example.com', parsePublicUrl)
    .description('log in to a remote platform: check a personal access token and store it as a profile')
    .option('--profile <name>', 'the name of the profile', parseProfileName, DEFAULT_PROFILE)
    .option('--token-file <file>', 'the file that contains the personal access token (default: you are asked for it)')
    .addOption(jsonOption())
    .addHelpText(
      'after',
      '\nCreate the token in the dashboard of the platform, under your account. It is read from --token-file or standard input; on a\n' +
        'terminal you are asked for it. It is checked, then stored in a file that only you can read:\n' +
        '  $XDG_CONFIG_HOME/stagedoor/profiles.json (default: ~/.config), or %APPDATA%\\stagedoor\\profiles.json on Windows\n' +
        '\nThe profile is then the current one: commands use it unless an option or the environment names another platform.\n' +
        `${examples('login https://rtc.example.com', 'login https://rtc.example.com --profile work')}\n` +
        `  $ pass show stagedoor/token | ${commandLine('login https://rtc.example.com')}`,
    )
    .action(logIn)
}

/** Builds the `logout` command: removes a profile. */
export function logoutCommand(): Command {
  return new Command('logout')
    .description('remove a profile and its token from this machine; the token stays valid')
    .option('--profile <name>', 'the name of the profile (default: the current one)', parseProfileName)
    .addOption(jsonOption())
    .addHelpText(
      'after',
      `\nTo revoke the token, delete it in the dashboard, under your account.\n${examples('logout --profile work')}`,
    )
    .action(logOut)
}

/** Builds the `profile` command: the platforms that you are logged in to. */
export function profileCommand(): Command {
  const profile = new Command('profile').description('the remote platforms that you are logged in to')
  profile.command('list').description('list the profiles; tokens are not shown').addOption(jsonOption()).action(list)
  profile
    .command('use [name]')
    .description('make a profile the current one')
    .option('--none', 'use no profile: commands use the data folder again', false)
    .addOption(jsonOption())
    .addHelpText('after', examples('profile use work', 'profile use --none'))
    .action(use)
  return profile
}

async function logIn(url: string, { profile: name, tokenFile, json }: LoginSettings): Promise<void> {
  const token = checkPersonalToken(await readToken(tokenFile), url)
  const me = await createAdmin({ url, token, fetch: fetchFrom(url) }).get('/api/v1/me')
  storeProfile({ name, url, token })
  const { email, role, grants, rights } = me
  print(json, { profile: name, url, email, name: me.name, role: role ?? undefined, grants, rights }, () => [
    `Logged in to ${url} as ${me.name === email ? email : `${me.name} (${email})`}.`,
    ...columns([
      ['Role', role === null ? 'for some API keys only' : `${role} for every API key`],
      ...grants.map((grant) => ['', `${grant.role} for ${grant.apiKey}`]),
      ['Rights', describeRights(me)],
      ['Profile', `${name}, in ${profilesFile()}`],
    ]),
  ])
}

function describeRights({ rights, grants }: Me): string {
  const all = new Set([...rights, ...grants.flatMap((grant) => grant.rights)])
  return all.size === 0 ? 'none' : [...all].join(', ')
}

async function readToken(file: string | undefined): Promise<string> {
  if (file !== undefined || !process.stdin.isTTY) return readInput(file, 'the personal access token')
  return askHidden('Personal access token: ', 'No token was given')
}

async function logOut({ profile, json }: ProfileSettings): Promise<void> {
  const name = profile ?? readProfiles().current
  if (name === undefined) throw new CliError(`No profile is in use. List the profiles: ${commandLine('profile list')}`)
  const { url } = requireProfile(name)
  removeProfile(name)
  print(json, { profile: name, url, state: 'removed' }, () => [
    `Removed the profile ${name}. Its token is still valid: to revoke it, delete it in the dashboard of ${url}, under your account.`,
  ])
}

async function list({ json }: ProfileSettings): Promise<void> {
  const { current, all } = readProfiles()
  const items = all.map(({ name, url }) => ({ name, url, isCurrent: name === current }))
  printList(json, { items }, () => {
    if (items.length === 0) return [`No profiles yet. Log in: ${commandLine('login https://…')}`]
    return columns([
      ['PROFILE', 'URL', 'CURRENT'],
      ...items.map(({ name, url, isCurrent }) => [name, url, isCurrent ? 'yes' : '']),
    ])
  })
}

async function use(
  name: string | undefined,
  { none, json }: ProfileSettings & { readonly none: boolean },
): Promise<void> {
  if (none === (name !== undefined)) throw new CliError('Name either a profile or --none')
  const profile = name === undefined ? undefined : requireProfile(name)
  writeProfiles({ current: profile?.name, all: readProfiles().all })
  print(json, { profile: profile?.name, url: profile?.url }, () => [
    profile === undefined
      ? 'No profile is used. Commands use the data folder.'
      : `Commands now use the profile ${profile.name} (${profile.url}).`,
  ])
}
