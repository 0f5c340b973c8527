import type { Algorithm } from '@stagedoor/access-token'

/**
 * What the platform has of a signing key: a `secret`, shared with the application; a `public_key`, whose private key stays with the
 * application; or a `key_set`, a URL of published public keys.
 */
export type SigningKeyKind = 'secret' | 'public_key' | 'key_set'

/** `active` verifies; `retiring` does until its end; `retired` does not, and is kept so that its key id is not reused. */
export type SigningKeyState = 'active' | 'retiring' | 'retired'

export interface SigningKey {
  readonly apiKey: string
  /** The key id (`kid`); for a key set, the name that its owner gave it. */
  readonly keyId: string
  readonly kind: SigningKeyKind
  /** Its one algorithm; in a key set, each key has its own. */
  readonly algorithm: Algorithm | undefined
  /** Seconds since 1970. */
  readonly createdAt: number
  /** When it stops verifying, in seconds since 1970. */
  readonly retiresAt: number | undefined
  /** When one of its tokens was last admitted, to within some seconds. */
  readonly lastUsedAt: number | undefined
}

/** A signing key as stored: encrypted. */
export interface SealedSigningKey extends SigningKey {
  readonly sealed: Uint8Array
  /** The version of the master key that encrypts it. */
  readonly masterKeyVersion: number
}

/** A decrypted signing key: the secret, the public key as JSON (RFC 7517), or the URL of a key set. */
export interface OpenSigningKey extends SigningKey {
  readonly material: string
}

/** A decrypted secret. It is shown to its owner only once, when it is created. */
export interface Secret extends SigningKey {
  readonly algorithm: Algorithm
  readonly secret: string
}

export function stateOf({ retiresAt }: Pick<SigningKey, 'retiresAt'>, now: number): SigningKeyState {
  if (retiresAt === undefined) return 'active'
  return retiresAt > now ? 'retiring' : 'retired'
}

/** Whether it verifies tokens now. */
export function isInForce(key: Pick<SigningKey, 'retiresAt'>, now: number): boolean {
  return stateOf(key, now) !== 'retired'
}
