import { type FindKeys, findKeysThrough } from '@stagedoor/identity'
import { type FetchKeys, fetchKeysWith } from '../keyring/fetch-keys.ts'
import { fetchGuarded } from '../outbound/fetch-bounded.ts'
import type { PlatformOptions } from './platform.ts'

/** Fetches the keys of others: key sets of API keys, and keys of identity providers. */
export interface KeySources {
  readonly fetchKeys: FetchKeys
  readonly findProviderKeys: FindKeys
  /** Whether private addresses and `http:` are allowed. */
  readonly mayBePrivate: boolean
}

export function openKeySources({ webhooksToPrivate, dev, log }: PlatformOptions): KeySources {
  const mayBePrivate = webhooksToPrivate || dev
  const fetchOutside = fetchGuarded(mayBePrivate)
  const onFailure = (url: string, error: unknown) => log.warn({ url, err: error }, 'keys could not be fetched')
  return {
    fetchKeys: fetchKeysWith(onFailure, fetchOutside),
    findProviderKeys: findKeysThrough(fetchOutside, onFailure),
    mayBePrivate,
  }
}
