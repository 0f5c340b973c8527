import { Command } from 'commander'
import { onStore } from '../../input/settings.ts'
import { locateStore } from '../../local/store.ts'
import { localOnly } from '../../open-platform-client.ts'
import { examples } from '../../output/examples.ts'
import { print } from '../../output/print.ts'
import { showProgress, sizeOf } from '../../output/show-progress.ts'
import { explainPostgresBackup } from './postgres-backup.ts'
import { type BackupSettings, PASSPHRASE_VARIABLE, readPassphrase } from './read-passphrase.ts'

const HELP = `
The backup is a consistent snapshot of the store in one file that only you can read. The platform can keep running. The secrets in
the backup are encrypted with the master key, which the backup does not contain: keep a copy of master.key (or of
STAGEDOOR_MASTER_KEY) somewhere else.

With --with-master-key, the master key is also written to <file>.master-key, encrypted with a passphrase of at least 12 characters.
The passphrase is read from --passphrase-file, ${PASSPHRASE_VARIABLE} or standard input; on a terminal you are asked for it.

If the store is in PostgreSQL (STAGEDOOR_DATABASE_URL), the command writes nothing and prints the pg_dump command to run.
${examples(
  'backup /backup/stagedoor-2026-07-01.db',
  'backup --force --with-master-key --passphrase-file /etc/stagedoor/passphrase /backup/stagedoor.db',
  'restore /backup/stagedoor-2026-07-01.db --data ./data',
)}`

export function backupCommand(): Command {
  return localOnly(onStore(new Command('backup').argument('<file>', 'the file to write')))
    .description('back up the store to one file; the platform can keep running')
    .option('--with-master-key', 'also write the master key to <file>.master-key, encrypted with a passphrase', false)
    .option('--passphrase-file <file>', 'the file that contains the passphrase; - for standard input')
    .option('--force', 'overwrite an existing file', false)
    .addHelpText('after', HELP)
    .action(backup)
}

async function backup(file: string, settings: BackupSettings): Promise<void> {
  const { force, withMasterKey, passphraseFile, json } = settings
  const location = locateStore(settings)
  if (location.databaseUrl !== undefined) return explainPostgresBackup(location.databaseUrl, file)
  const passphrase = withMasterKey ? await readPassphrase(passphraseFile, true) : undefined
  const { backUp } = await import('../../../store/backup/back-up.ts')
  const made = await backUp({ ...location, file, passphrase, force, onProgress: showProgress('Backup') })
  print(json, made, () => [
    `Backed up the store to ${made.file} (${sizeOf(made.bytes)}, schema ${made.schemaVersion}).`,
    made.masterKeyFile === undefined
      ? 'The backup does not contain the master key. Keep a copy: without it, the secrets in the backup cannot be decrypted.'
      : `The encrypted master key is in ${made.masterKeyFile}. Without the passphrase it cannot be decrypted.`,
  ])
}
