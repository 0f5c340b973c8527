import process from 'node:process'
import { Command } from 'commander'
import { openStore, type StoreLocation } from '../store/open.ts'
import { type Rotation, rotateMasterKey } from '../store/rotate-master-key.ts'
import { generateSuccessor, parseSuccessor, type SuccessorKey } from '../vault/successor-key.ts'
import { hereAlone } from './open-platform-client.ts'
import { CliError, print } from './output.ts'
import { locateStore, onStore, type StoreSettings } from './settings.ts'

const ROTATE_HELP = `
Every secret is encrypted anew in one transaction and read back; then the old master key is forgotten. Whenever it is cut off,
the keys that are kept open everything, and it can be run again. A platform that runs need not be restarted where it reads
master.key; with the environment it goes on with what it knows until it is.

Environment:
  STAGEDOOR_MASTER_KEY      the master key, where it is not in master.key in the data folder
  STAGEDOOR_MASTER_KEY_NEW  then: the one to go over to

Examples:
  $ stagedoor master-key rotate
  $ export STAGEDOOR_MASTER_KEY_NEW=$(openssl rand -base64 32 | tr '+/' '-_' | tr -d '=')
  $ stagedoor master-key rotate`

export function masterKeyCommand(): Command {
  const masterKey = new Command('master-key').description('the key that secrets are encrypted under in the store')
  hereAlone(onStore(masterKey.command('rotate')))
    .description('go over to a new master key; API keys, secrets and tokens stay as they are')
    .addHelpText('after', ROTATE_HELP)
    .action(rotate)
  return masterKey
}

async function rotate(settings: StoreSettings): Promise<void> {
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
      ? `The master key had been rotated to version ${rotation.version} already. Secrets under it: ${rotation.secrets}`
      : `The master key is rotated to version ${rotation.version}. Secrets under it: ${rotation.secrets}`,
    ...(given === undefined
      ? ['master.key in the data folder holds it. Keep a copy, apart from the store.']
      : [
          'Now set STAGEDOOR_MASTER_KEY to the value of STAGEDOOR_MASTER_KEY_NEW, unset that, and restart the platform.',
        ]),
  ])
}

function findSuccessor({ dataFolder, masterKey }: StoreLocation, given: string | undefined): SuccessorKey {
  if (masterKey !== undefined && given !== undefined) return parseSuccessor(given, masterKey)
  if (masterKey === undefined && given === undefined) return generateSuccessor(dataFolder)
  throw new CliError(
    given === undefined
      ? 'Give the new master key in STAGEDOOR_MASTER_KEY_NEW, since the old one is in STAGEDOOR_MASTER_KEY'
      : 'STAGEDOOR_MASTER_KEY_NEW goes with STAGEDOOR_MASTER_KEY; into master.key a new key is written by itself',
  )
}

// An earlier run to the same key may have been cut off after it was done.
function withSuccessor(location: StoreLocation, given: string | undefined): StoreLocation {
  return given === undefined ? location : { ...location, masterKey: `${location.masterKey} ${given}` }
}
