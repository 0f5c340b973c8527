import { type FindKeys, findKeysThrough } from '@stagedoor/identity'
import { type FetchKeys, fetchKeysWith } from '../keyring/fetch-keys.ts'
import { fetchGuarded } from '../outbound/fetch-bounded.ts'
import type { PlatformOptions } from './platform.ts'

/** Where keys of others are fetched from: the key sets of API keys, and identity providers. */
export interface KeySources {
  readonly fetchKeys: FetchKeys
  readonly findProviderKeys: FindKeys
  /** Whether they may be at private addresses, and without encryption. */
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
