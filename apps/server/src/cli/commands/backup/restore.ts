import { Command } from 'commander'
import { FolderTakenError } from '../../../control/claim-socket.ts'
import { probe, socketPathOf } from '../../../control/find-socket.ts'
import { confirm, yesOption } from '../../input/confirm.ts'
import { onStore } from '../../input/settings.ts'
import { locateStore } from '../../local/store.ts'
import { localOnly } from '../../open-platform-client.ts'
import { examples } from '../../output/examples.ts'
import { print } from '../../output/print.ts'
import { showProgress } from '../../output/show-progress.ts'
import { explainPostgresRestore } from './postgres-backup.ts'
import { type BackupSettings, PASSPHRASE_VARIABLE, readPassphrase } from './read-passphrase.ts'

const HELP = `
Stop the platform first. The command fails while a platform runs on the data folder. Before anything changes, the backup is checked:
that it is complete, that its schema is supported and that the master key decrypts it. Existing data is never overwritten: with
--force it is moved to a folder named before-restore-… in the data folder. To undo a restore, stop the platform and move it back.

The master key is read from STAGEDOOR_MASTER_KEY or from master.key in the data folder, or with --with-master-key from
<file>.master-key. The passphrase is read from --passphrase-file, ${PASSPHRASE_VARIABLE} or standard input; on a terminal you are
asked for it.

Changes made after the backup are lost, including revocations: repeat any revocations since then.
${examples('restore /backup/stagedoor.db --data ./data', 'restore --force --yes --with-master-key --passphrase-file /etc/stagedoor/passphrase /backup/stagedoor.db')}`

export function restoreCommand(): Command {
  return localOnly(onStore(new Command('restore').argument('<file>', 'the backup to restore')))
    .description('restore a backup into an empty data folder')
    .option('--with-master-key', 'also restore the master key, from <file>.master-key', false)
    .option('--passphrase-file <file>', 'the file that contains the passphrase; - for standard input')
    .option('--force', 'restore into a folder with data, which is moved to before-restore-…', false)
    .addOption(yesOption())
    .addHelpText('after', HELP)
    .action(restoreFrom)
}

async function restoreFrom(file: string, settings: BackupSettings & { readonly yes: boolean }): Promise<void> {
  const { force, withMasterKey, passphraseFile, json } = settings
  const location = locateStore(settings)
  if (location.databaseUrl !== undefined) return explainPostgresRestore(location.databaseUrl, file)
  const requireNoServer = () => requireNone(location.dataFolder)
  await requireNoServer()
  if (force)
    await confirm(
      () => `Restoring ${file} replaces the data in ${location.dataFolder}, which is moved aside.`,
      settings,
    )
  const passphrase = withMasterKey ? await readPassphrase(passphraseFile, false) : undefined
  const { restore } = await import('../../../store/backup/restore.ts')
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
    `Restored the backup to ${done.dataFolder} (schema ${done.schemaVersion}). Master key: ${done.masterKey}.`,
    ...(done.aside === undefined ? [] : [`The previous data is in ${done.aside}. To undo the restore, move it back.`]),
    'Changes made after the backup are lost: repeat any revocations since then.',
  ])
}

async function requireNone(dataFolder: string): Promise<void> {
  if ((await probe(socketPathOf(dataFolder))) !== 'live') return
  throw new FolderTakenError(`A server runs on ${dataFolder}. Stop it first, or choose another --data`)
}
