import process from 'node:process'
import { askHidden } from '../../input/ask-hidden.ts'
import { readInput } from '../../input/read-input.ts'
import { cleanSetting } from '../../input/settings.ts'
import type { StoreSettings } from '../../local/store.ts'
import { CliError } from '../../output/print.ts'

/** The options of `backup` and `restore`. */
export interface BackupSettings extends StoreSettings {
  readonly force: boolean
  readonly withMasterKey: boolean
  readonly passphraseFile?: string
}

export const PASSPHRASE_VARIABLE = 'STAGEDOOR_BACKUP_PASSPHRASE'

/**
 * Reads a passphrase from a file, the environment or standard input, or asks for it on a terminal. Never from a command-line
 * argument: other users of the machine can read those.
 *
 * @param twice whether to ask twice on a terminal, because a mistyped passphrase cannot be recovered.
 */
export async function readPassphrase(file: string | undefined, twice: boolean): Promise<string> {
  const given = process.env[PASSPHRASE_VARIABLE]
  if (file === undefined && given !== undefined) return cleanSetting(given, PASSPHRASE_VARIABLE)
  if (file !== undefined || !process.stdin.isTTY) {
    return cleanSetting(await readInput(file, 'the passphrase'), 'The passphrase')
  }
  const passphrase = await ask('Passphrase: ')
  if (twice && (await ask('Repeat the passphrase: ')) !== passphrase) throw new CliError('The passphrases do not match')
  return cleanSetting(passphrase, 'The passphrase')
}

const ask = (question: string): Promise<string> => askHidden(question, 'No passphrase was given')
