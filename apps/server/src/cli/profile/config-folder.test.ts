import { describe, expect, it } from 'vitest'
import { configFolder } from './config-folder.ts'

const home = () => '/home/alice'

describe('the folder of the settings', () => {
  it.each<[string, NodeJS.ProcessEnv, NodeJS.Platform, string]>([
    ['is in XDG_CONFIG_HOME', { XDG_CONFIG_HOME: '/etc/alice' }, 'linux', '/etc/alice/stagedoor'],
    ['is in ~/.config without it', {}, 'linux', '/home/alice/.config/stagedoor'],
    ['is in ~/.config if it is relative', { XDG_CONFIG_HOME: 'config' }, 'darwin', '/home/alice/.config/stagedoor'],
    ['is in APPDATA on Windows', { APPDATA: 'C:\\Users\\a\\Roaming' }, 'win32', 'C:\\Users\\a\\Roaming\\stagedoor'],
    [
      'is in XDG_CONFIG_HOME on Windows too',
      { XDG_CONFIG_HOME: 'D:\\x', APPDATA: 'C:\\y' },
      'win32',
      'D:\\x\\stagedoor',
    ],
  ])('%s', (_what, environment, platform, folder) => {
    expect(configFolder(environment, platform, home)).toBe(folder)
  })

  it('is in the home folder on Windows without APPDATA', () => {
    expect(configFolder({}, 'win32', () => 'C:\\Users\\a')).toBe('C:\\Users\\a\\AppData\\Roaming\\stagedoor')
  })
})
