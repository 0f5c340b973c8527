import { homedir } from 'node:os'
import { posix, win32 } from 'node:path'
import process from 'node:process'

/**
 * The folder of the user's settings: `$XDG_CONFIG_HOME/stagedoor` or `~/.config/stagedoor` (XDG Base Directory Specification), and
 * `%APPDATA%\\stagedoor` on Windows.
 */
export function configFolder(
  environment: NodeJS.ProcessEnv = process.env,
  platform: NodeJS.Platform = process.platform,
  home: () => string = homedir,
): string {
  const { join, isAbsolute } = platform === 'win32' ? win32 : posix
  const { XDG_CONFIG_HOME: xdg = '', APPDATA: appData = '' } = environment
  // The specification says to ignore a relative path.
  if (isAbsolute(xdg)) return join(xdg, 'stagedoor')
  if (platform === 'win32') return join(isAbsolute(appData) ? appData : join(home(), 'AppData', 'Roaming'), 'stagedoor')
  return join(home(), '.config', 'stagedoor')
}
