import process from 'node:process'
import { Command } from 'commander'
import { commandLine } from '../../command-line.ts'
import { openStore, type StoreLocation } from '../../store/open.ts'
import { type Rotation, rotateMasterKey } from '../../store/rotate-master-key.ts'
import { generateSuccessor, parseSuccessor, type SuccessorKey } from '../../vault/successor-key.ts'
import { onStore } from '../input/settings.ts'
import { locateStore, requirePlatform, type StoreSettings } from '../local/store.ts'
import { localOnly } from '../open-platform-client.ts'
import { CliError, print } from '../output/print.ts'

const ROTATE_HELP = `
Every secret is re-encrypted in one transaction and verified. Then the old master key is deleted. If the command is interrupted,
nothing is lost: run it again. A running platform that uses master.key reads the new key by itself. One that uses
STAGEDOOR_MASTER_KEY sees no changes in the store until you restart it.

Environment:
  STAGEDOOR_MASTER_KEY      the current master key, if it is not in master.key in the data folder
  STAGEDOOR_MASTER_KEY_NEW  the new master key, if STAGEDOOR_MASTER_KEY is set

Examples:
  $ ${commandLine('master-key rotate')}
  $ export STAGEDOOR_MASTER_KEY_NEW=$(openssl rand -base64 32 | tr '+/' '-_' | tr -d '=')
  $ ${commandLine('master-key rotate')}`

export function masterKeyCommand(): Command {
  const masterKey = new Command('master-key').description('the key that encrypts the secrets in the store')
  localOnly(onStore(masterKey.command('rotate')))
    .description('change to a new master key; API keys, secrets and tokens stay valid')
    .addHelpText('after', ROTATE_HELP)
    .action(rotate)
  return masterKey
}

async function rotate(settings: StoreSettings): Promise<void> {
  requirePlatform(settings)
  const location = locateStore(settings)
  const given = process.env.STAGEDOOR_MASTER_KEY_NEW
  const successor = findSuccessor(location, given)
  const { store, seal } = await openStore(withSuccessor(location, given))
  let rotation: Rotation
  try {
    rotation = await rotateMasterKey(store.db, seal, successor)
  } finally {
    await store.close()
  }
  print(settings.json, { ...rotation, from: given === undefined ? 'file' : 'environment' }, () => [
    rotation.wasDone
      ? `The master key was already rotated to version ${rotation.version}. Secrets encrypted with it: ${rotation.secrets}`
      : `Rotated the master key to version ${rotation.version}. Secrets encrypted with it: ${rotation.secrets}`,
    ...(given === undefined
      ? ['It is in master.key in the data folder. Keep a copy, separate from the store.']
      : [
          'Now set STAGEDOOR_MASTER_KEY to the value of STAGEDOOR_MASTER_KEY_NEW, unset STAGEDOOR_MASTER_KEY_NEW, and restart the platform.',
        ]),
  ])
}

function findSuccessor({ dataFolder, masterKey }: StoreLocation, given: string | undefined): SuccessorKey {
  if (masterKey !== undefined && given !== undefined) return parseSuccessor(given, masterKey)
  if (masterKey === undefined && given === undefined) return generateSuccessor(dataFolder)
  throw new CliError(
    given === undefined
      ? 'STAGEDOOR_MASTER_KEY is set, so set STAGEDOOR_MASTER_KEY_NEW to the new master key'
      : 'STAGEDOOR_MASTER_KEY_NEW is set but STAGEDOOR_MASTER_KEY is not. Unset it: a new key is generated in master.key',
  )
}

// An earlier rotation to the same key may have been interrupted after its commit.
function withSuccessor(location: StoreLocation, given: string | undefined): StoreLocation {
  return given === undefined ? location : { ...location, masterKey: `${location.masterKey} ${given}` }
}
