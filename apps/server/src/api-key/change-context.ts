import { commandLine } from '../command-line.ts'
import type { Seal } from '../vault/seal.ts'
import type { ApiKey } from './api-key.ts'
import type { KeyStore } from './key-store.ts'

/** What a change by an owner needs: the store, the seal, and the time. */
export interface ChangeContext {
  readonly store: KeyStore
  readonly seal: Seal
  /** Seconds since 1970. */
  readonly now: () => number
}

export interface DomainErrorOptions extends ErrorOptions {
  /** Why a change is refused: the target does not exist, the input is invalid, or the current state does not allow it. */
  readonly reason: 'unknown' | 'unusable' | 'conflict'
  /** The command that helps. */
  readonly hint?: string
}

/** An owner's request that cannot be carried out; the message says why and what to do. */
export class DomainError extends Error {
  override readonly name = 'DomainError'
  readonly reason: DomainErrorOptions['reason']
  readonly hint: string | undefined

  constructor(message: string, { reason, hint, ...options }: DomainErrorOptions) {
    super(message, options)
    this.reason = reason
    this.hint = hint
  }
}

/** @throws {DomainError} if the API key does not exist. */
export async function requireApiKey(store: Pick<KeyStore, 'findApiKey'>, apiKey: string): Promise<ApiKey> {
  const found = await store.findApiKey(apiKey)
  if (found !== undefined) return found
  throw new DomainError(`There is no API key ${JSON.stringify(apiKey)}`, {
    reason: 'unknown',
    hint: commandLine('key list'),
  })
}
