import { resolve } from 'node:path'
import process from 'node:process'
import { type Command, InvalidArgumentError, Option } from 'commander'
import type { KeyOffice } from '../keyring/keys.ts'
import { openStore, type StoreLocation } from '../store/open.ts'

const MAX_PORT = 65_535

export const dataOption = (): Option =>
  new Option('--data <folder>', 'where the store and the master key are').env('STAGEDOOR_DATA').default('./data')

export const jsonOption = (): Option => new Option('--json', 'print JSON').default(false)

export function parsePort(text: string): number {
  return parseWhole(text, 0, MAX_PORT)
}

export function parseWhole(text: string, least: number, most: number): number {
  const value = /^\d+$/.test(text) ? Number(text) : Number.NaN
  if (value >= least && value <= most) return value
  throw new InvalidArgumentError(`Give a whole number from ${least} to ${most}.`)
}

export function parseOrigin(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null
  if (url !== null && /^https?:$/.test(url.protocol) && url.pathname === '/' && url.search === '') return url.origin
  throw new InvalidArgumentError('Give an address such as https://rtc.example.com.')
}

/** What every command that works on the store takes. */
export interface StoreSettings {
  readonly data: string
  readonly json: boolean
}

/** What the environment says of the store, which the command line does not: other users of a machine can read that. */
export function locateStore({ data }: Pick<StoreSettings, 'data'>): StoreLocation {
  return {
    dataFolder: resolve(data),
    masterKey: process.env.STAGEDOOR_MASTER_KEY,
    databaseUrl: process.env.STAGEDOOR_DATABASE_URL,
  }
}

/** Opens the store for the length of one command. */
export async function withStore<T>(settings: StoreSettings, use: (office: KeyOffice) => Promise<T>): Promise<T> {
  const { store, seal } = await openStore(locateStore(settings))
  try {
    return await use({ store, seal, now: () => Date.now() / 1000 })
  } finally {
    await store.close()
  }
}

/** Adds what every command that works on the store takes. */
export function onStore(command: Command): Command {
  return command.addOption(dataOption()).addOption(jsonOption())
}
