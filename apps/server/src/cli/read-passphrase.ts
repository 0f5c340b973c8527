import process from 'node:process'
import { createInterface } from 'node:readline'
import { Writable } from 'node:stream'
import { CliError } from './output.ts'
import { readInput } from './read-input.ts'
import { cleanSetting, type StoreSettings } from './settings.ts'

/** What `backup` and `restore` are told beside the store. */
export interface BackupSettings extends StoreSettings {
  readonly force: boolean
  readonly withMasterKey: boolean
  readonly passphraseFile?: string
}

export const PASSPHRASE_VARIABLE = 'STAGEDOOR_BACKUP_PASSPHRASE'

/**
 * Reads a passphrase: from a file, from the environment, from standard input or, at a terminal, by asking. Never from the command
 * line, which other users of a machine can read.
 *
 * @param twice whether it is asked for twice at a terminal, since a mistyped one could not be undone.
 */
export async function readPassphrase(file: string | undefined, twice: boolean): Promise<string> {
  const given = process.env[PASSPHRASE_VARIABLE]
  if (file === undefined && given !== undefined) return cleanSetting(given, PASSPHRASE_VARIABLE)
  if (file !== undefined || !process.stdin.isTTY) {
    return cleanSetting(await readInput(file, 'the passphrase'), 'The passphrase')
  }
  const passphrase = await ask('Passphrase: ')
  if (twice && (await ask('The same again: ')) !== passphrase) throw new CliError('The two passphrases differ')
  return cleanSetting(passphrase, 'The passphrase')
}

function ask(question: string): Promise<string> {
  process.stderr.write(question)
  // What is typed is not shown.
  const output = new Writable({ write: (_chunk, _encoding, done) => done() })
  const terminal = createInterface({ input: process.stdin, output, terminal: true })
  return new Promise((answer, fail) => {
    terminal.once('SIGINT', () => terminal.close())
    terminal.once('close', () => {
      process.stderr.write('\n')
      fail(new CliError('No passphrase was given'))
    })
    terminal.question('', (text) => {
      answer(text)
      terminal.close()
    })
  })
}
