import { Command } from 'commander'
import { FolderTakenError } from '../control/claim-socket.ts'
import { probe, socketPathOf } from '../control/find-socket.ts'
import { hereAlone } from './open-platform-client.ts'
import { print } from './output.ts'
import { explainPostgresRestore } from './postgres-backup.ts'
import { type BackupSettings, PASSPHRASE_VARIABLE, readPassphrase } from './read-passphrase.ts'
import { locateStore, onStore } from './settings.ts'
import { showProgress } from './show-progress.ts'

const HELP = `
Stop the platform first: the command refuses while one runs on the data folder. The backup is checked (whether it is whole, its
schema, and whether the master key opens it) before anything changes. What is in the data folder is not overwritten: with --force
it is moved into a folder named before-restore-… within the data folder. To undo a restore, stop the platform and move it back.

The master key is the one in STAGEDOOR_MASTER_KEY or master.key in the data folder, or with --with-master-key the one in
<file>.master-key. Its passphrase is read from --passphrase-file, ${PASSPHRASE_VARIABLE}, standard input, or asked for.

Changes since the backup was made are not in it, revocations included: revoke again what must not come back.

Examples:
  $ stagedoor restore /backup/stagedoor.db --data ./data
  $ stagedoor restore --force --with-master-key /backup/stagedoor.db`

export function restoreCommand(): Command {
  return hereAlone(onStore(new Command('restore').argument('<file>', 'what stagedoor backup wrote')))
    .description('put a backup in place, into an empty data folder')
    .option('--with-master-key', 'take the master key from the file beside the backup', false)
    .option('--passphrase-file <file>', 'the file that holds the passphrase; - for standard input')
    .option('--force', 'restore into a folder that is not empty; what is there is kept aside', false)
    .addHelpText('after', HELP)
    .action(restoreFrom)
}

async function restoreFrom(file: string, settings: BackupSettings): Promise<void> {
  const { force, withMasterKey, passphraseFile, json } = settings
  const location = locateStore(settings)
  if (location.databaseUrl !== undefined) return explainPostgresRestore(location.databaseUrl, file)
  const requireNoServer = () => requireNone(location.dataFolder)
  await requireNoServer()
  const passphrase = withMasterKey ? await readPassphrase(passphraseFile, false) : undefined
  const { restore } = await import('../store/backup/restore.ts')
  const done = await restore({
    ...location,
    file,
    passphrase,
    force,
    requireNoServer,
    asideName: `before-restore-${new Date().toISOString().replaceAll(':', '-')}`,
    onProgress: showProgress('Restore'),
  })
  print(json, done, () => [
    `The backup is restored into ${done.dataFolder} (schema ${done.schemaVersion}). Its master key: ${done.masterKey}.`,
    ...(done.aside === undefined ? [] : [`What was there is in ${done.aside}. To undo, move it back.`]),
    'Changes since the backup was made are not in it: revoke again what was revoked since.',
  ])
}

async function requireNone(dataFolder: string): Promise<void> {
  if ((await probe(socketPathOf(dataFolder))) !== 'live') return
  throw new FolderTakenError(`A server runs on ${dataFolder}. Stop it first, or choose another --data`)
}
