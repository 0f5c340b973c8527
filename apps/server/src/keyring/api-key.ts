import type { Algorithm } from '@stagedoor/access-token'
import type { Policy } from './policy.ts'

/** `active` admits; `disabled` admits nobody, and ends the sessions that there are. */
export type ApiKeyState = 'active' | 'disabled'

export interface ApiKey {
  readonly apiKey: string
  /** What the owner calls it. */
  readonly name: string
  readonly state: ApiKeyState
  readonly policy: Policy
  /** Seconds since 1970. */
  readonly createdAt: number
}

/** `active` verifies; `retired` does not, and is kept so that its name is never given again. */
export type SecretState = 'active' | 'retired'

export interface Secret {
  readonly apiKey: string
  /** What a token names it by (`kid`). */
  readonly keyId: string
  readonly algorithm: Algorithm
  readonly state: SecretState
  /** Seconds since 1970. */
  readonly createdAt: number
  readonly retiredAt: number | undefined
}

/** A secret as it lies in the store: encrypted. */
export interface SealedSecret extends Secret {
  readonly sealed: Uint8Array
  /** The version of the master key that it is sealed under. */
  readonly masterKeyVersion: number
}
