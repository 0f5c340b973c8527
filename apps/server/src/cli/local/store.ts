import { existsSync } from 'node:fs'
import { userInfo } from 'node:os'
import { join, resolve } from 'node:path'
import process from 'node:process'
import type { ChangeContext } from '../../api-key/change-context.ts'
import { commandLine } from '../../command-line.ts'
import type { Actor } from '../../events/audit.ts'
import { fetchKeysWith } from '../../keyring/fetch-keys.ts'
import { type Keyring, loadKeyring } from '../../keyring/keyring.ts'
import { makeChange, type Note, type TransactionContext } from '../../make-change.ts'
import type { Ledger } from '../../records.ts'
import { hasStore } from '../../store/database-file.ts'
import { openStore, type StoreLocation } from '../../store/open.ts'
import { MASTER_KEY_FILE } from '../../vault/master-key.ts'
import { CliError, warn } from '../output/print.ts'

/** The options of every command that uses the store. */
export interface StoreSettings {
  readonly data: string
  readonly json: boolean
}

/** Locates the store. Secrets come from the environment only: other users of the machine can read the command line. */
export function locateStore({ data }: Pick<StoreSettings, 'data'>): StoreLocation {
  return {
    dataFolder: resolve(data),
    masterKey: process.env.STAGEDOOR_MASTER_KEY,
    databaseUrl: process.env.STAGEDOOR_DATABASE_URL,
  }
}

interface OpenOptions {
  /** Whether to create a store and a master key if there are none. Default: throw. */
  readonly mayCreate: boolean
}

/** Throws if the data folder has no store. The first command in a wrong folder would otherwise create a store and a master key. */
export function requirePlatform({ data }: Pick<StoreSettings, 'data'>): void {
  if (hasStore(locateStore({ data }))) return
  if (existsSync(join(data, MASTER_KEY_FILE))) {
    throw new CliError(
      `There is no store in ${data}, only ${MASTER_KEY_FILE}: the folder belongs to a platform whose store is in PostgreSQL. ` +
        'Set STAGEDOOR_DATABASE_URL to its database, postgresql://user:password@host:5432/database',
    )
  }
  throw new CliError(
    `There is no platform in ${data}. Start one with: ${commandLine('serve')}, or name its folder with --data`,
  )
}

/** Opens the store, runs a function with it and closes it. */
export async function withStore<T>(
  settings: StoreSettings,
  use: (context: ChangeContext & { readonly store: Ledger }) => Promise<T>,
  { mayCreate }: OpenOptions = { mayCreate: false },
): Promise<T> {
  if (!mayCreate) requirePlatform(settings)
  const { store, seal } = await openStore(locateStore(settings))
  try {
    return await use({ store, seal, now: () => Date.now() / 1000 })
  } finally {
    await store.close()
  }
}

/** The name of the operating system user that runs the command. */
export function whoAsks(): string {
  return userInfo().username
}

/** Makes a change and records it in the audit log, with the operating system user as the actor. */
export function withChange<T>(
  settings: StoreSettings,
  change: (context: TransactionContext, note: Note, actor: Actor) => Promise<T>,
  options?: OpenOptions,
): Promise<T> {
  const actor: Actor = { kind: 'command_line', id: undefined, name: whoAsks() }
  return withStore(
    settings,
    (context) =>
      makeChange(context, { actor, address: undefined }, (transaction, note) => change(transaction, note, actor)),
    options,
  )
}

/** Loads the keyring of an open store, and fetches the key set that a token needs, if any. */
export async function loadKeyringFor(
  { store, seal, now }: ChangeContext,
  apiKey: string,
  token: string | undefined,
): Promise<Keyring> {
  const fetchKeys = fetchKeysWith((url, error) =>
    warn(`the key set ${url} could not be fetched: ${(error as Error).message}`),
  )
  const keyring = await loadKeyring({ store, seal, now, fetchKeys })
  await keyring.fetchKeysFor(apiKey, token)
  return keyring
}
