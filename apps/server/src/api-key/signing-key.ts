import type { Algorithm } from '@stagedoor/access-token'

/**
 * What is known here of a key that signs tokens: a `secret`, which the application shares with the platform; a
 * `public_key`, whose private half stays with the application; or a `key_set`, an address where public keys are published.
 */
export type SigningKeyKind = 'secret' | 'public_key' | 'key_set'

/** `active` verifies; `retiring` does so until its end; `retired` does not, and is kept so that its name is not given again. */
export type SigningKeyState = 'active' | 'retiring' | 'retired'

export interface SigningKey {
  readonly apiKey: string
  /** What a token names it by (`kid`); of a key set, what its owner names it by. */
  readonly keyId: string
  readonly kind: SigningKeyKind
  /** Its one algorithm; of a key set, each key has its own. */
  readonly algorithm: Algorithm | undefined
  /** Seconds since 1970. */
  readonly createdAt: number
  /** From when on it verifies no more, in seconds since 1970. */
  readonly retiresAt: number | undefined
  /** When a token that it signed was last admitted, give or take some seconds. */
  readonly lastUsedAt: number | undefined
}

/** A signing key as it lies in the store: encrypted. */
export interface SealedSigningKey extends SigningKey {
  readonly sealed: Uint8Array
  /** The version of the master key that it is sealed under. */
  readonly masterKeyVersion: number
}

/** A signing key in clear: the secret, the public key as JSON (RFC 7517), or the address of a key set. */
export interface OpenSigningKey extends SigningKey {
  readonly material: string
}

/** A secret in clear. It is shown to its owner once, when it is made. */
export interface Secret extends SigningKey {
  readonly algorithm: Algorithm
  readonly secret: string
}

export function stateOf({ retiresAt }: Pick<SigningKey, 'retiresAt'>, now: number): SigningKeyState {
  if (retiresAt === undefined) return 'active'
  return retiresAt > now ? 'retiring' : 'retired'
}

/** Whether it verifies now. */
export function isInForce(key: Pick<SigningKey, 'retiresAt'>, now: number): boolean {
  return stateOf(key, now) !== 'retired'
}
