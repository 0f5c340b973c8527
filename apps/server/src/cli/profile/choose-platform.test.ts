import { Command } from 'commander'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { temporaryFolder } from '../../store/store.fixture.ts'
import { onPlatform } from '../open-platform-client.ts'
import { storeProfile } from './profiles.ts'

const URLS = { work: 'https://work.example', home: 'https://home.example' }

afterEach(() => vi.unstubAllEnvs())

/** Runs a command with profiles, of which the second is the current one. Returns the settings that it gets. */
async function settingsOf(args: readonly string[], environment: Readonly<Record<string, string>>, isLoggedIn = true) {
  vi.stubEnv('XDG_CONFIG_HOME', temporaryFolder())
  for (const name of ['STAGEDOOR_URL', 'STAGEDOOR_DATA', 'STAGEDOOR_PROFILE']) vi.stubEnv(name, undefined)
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value)
  if (isLoggedIn) for (const [name, url] of Object.entries(URLS)) storeProfile({ name, url, token: 'sdpat_test' })
  let settings: object = {}
  const command = onPlatform(new Command('list'))
    .exitOverride()
    .configureOutput({ writeErr: () => {}, outputError: () => {} })
    .action((given: object) => {
      settings = given
    })
  await command.parseAsync([...args], { from: 'user' })
  return settings
}

const URL = 'https://rtc.example.com'

describe('the platform that a command uses', () => {
  it.each<[string, string[], Record<string, string>, object]>([
    ['the current profile', [], {}, { profile: 'home', url: URLS.home }],
    ['STAGEDOOR_PROFILE before the current profile', [], { STAGEDOOR_PROFILE: 'work' }, { url: URLS.work }],
    ['STAGEDOOR_DATA before the current profile', [], { STAGEDOOR_DATA: 'x' }, { data: 'x', url: undefined }],
    [
      'STAGEDOOR_PROFILE before STAGEDOOR_DATA',
      [],
      { STAGEDOOR_DATA: 'x', STAGEDOOR_PROFILE: 'work' },
      { url: URLS.work },
    ],
    [
      'STAGEDOOR_URL before both',
      [],
      { STAGEDOOR_URL: URL, STAGEDOOR_PROFILE: 'work' },
      { url: URL, profile: undefined },
    ],
    [
      '--profile before the environment',
      ['--profile', 'work'],
      { STAGEDOOR_URL: URL },
      { url: URLS.work, profile: 'work' },
    ],
    ['--url before a profile', ['--url', URL], { STAGEDOOR_PROFILE: 'work' }, { url: URL, profile: undefined }],
    [
      '--data before the environment',
      ['--data', 'x'],
      { STAGEDOOR_URL: URL, STAGEDOOR_PROFILE: 'work' },
      { data: 'x', url: undefined, profile: undefined },
    ],
  ])('is that of %s', async (_what, args, environment, settings) => {
    expect(await settingsOf(args, environment)).toMatchObject(settings)
  })

  it('is that of the data folder if nothing else is named', async () => {
    expect(await settingsOf([], {}, false)).toMatchObject({ data: './data', url: undefined, profile: undefined })
  })

  it.each([
    [['--data', 'x', '--url', URL], 'Use either --data (a local platform) or --url (a remote one), not both'],
    [['--data', 'x', '--profile', 'work'], 'Use only one of --data, --url and --profile'],
    [['--url', URL, '--profile', 'work'], 'Use only one of --data, --url and --profile'],
    [['--profile', 'none'], 'There is no profile "none"'],
  ])('is refused for %j', async (args, message) => {
    await expect(settingsOf(args, {})).rejects.toThrow(message)
  })
})
