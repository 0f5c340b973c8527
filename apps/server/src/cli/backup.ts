import { Command } from 'commander'
import { hereAlone } from './open-platform-client.ts'
import { print } from './output.ts'
import { explainPostgresBackup } from './postgres-backup.ts'
import { type BackupSettings, PASSPHRASE_VARIABLE, readPassphrase } from './read-passphrase.ts'
import { locateStore, onStore } from './settings.ts'
import { showProgress, sizeOf } from './show-progress.ts'

const HELP = `
The backup holds the store as it is at one moment, in one file that only you may read. The platform goes on meanwhile. Secrets in it
are encrypted under the master key, which is not in it: keep a copy of master.key (or of STAGEDOOR_MASTER_KEY) elsewhere.

With --with-master-key, the master key is written beside it, into <file>.master-key, encrypted with a passphrase of 12 characters or
more. The passphrase is read from --passphrase-file, ${PASSPHRASE_VARIABLE}, standard input, or asked for.

A store in PostgreSQL (STAGEDOOR_DATABASE_URL) is backed up with pg_dump; the command then prints how.

Examples:
  $ stagedoor backup /backup/stagedoor-2026-07-01.db
  $ stagedoor backup --force --with-master-key --passphrase-file /etc/stagedoor/passphrase /backup/stagedoor.db
  $ stagedoor restore /backup/stagedoor-2026-07-01.db --data ./data`

export function backupCommand(): Command {
  return hereAlone(onStore(new Command('backup').argument('<file>', 'where the backup goes')))
    .description('write the store into one file, while the platform runs')
    .option('--with-master-key', 'write the master key beside it, encrypted with a passphrase', false)
    .option('--passphrase-file <file>', 'the file that holds the passphrase; - for standard input')
    .option('--force', 'replace a file that is there', false)
    .addHelpText('after', HELP)
    .action(backup)
}

async function backup(file: string, settings: BackupSettings): Promise<void> {
  const { force, withMasterKey, passphraseFile, json } = settings
  const location = locateStore(settings)
  if (location.databaseUrl !== undefined) return explainPostgresBackup(location.databaseUrl, file)
  const passphrase = withMasterKey ? await readPassphrase(passphraseFile, true) : undefined
  const { backUp } = await import('../store/backup/back-up.ts')
  const made = await backUp({ ...location, file, passphrase, force, onProgress: showProgress('Backup') })
  print(json, made, () => [
    `The store is backed up in ${made.file} (${sizeOf(made.bytes)}, schema ${made.schemaVersion}).`,
    made.masterKeyFile === undefined
      ? 'The master key is not in it. Without a copy of that, nobody can read the secrets in the backup.'
      : `The master key is in ${made.masterKeyFile}, encrypted. Without the passphrase, nobody can read it.`,
  ])
}
