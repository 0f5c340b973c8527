import type { components } from '@stagedoor/admin'

export type SigningKey = components['schemas']['SigningKey']

/** What a change of a signing key touches. */
export const SIGNING_KEY_PATHS = ['/api/v1/keys/{key}/signing-keys'] as const

export const KIND_WORDS: Readonly<Record<SigningKey['kind'], string>> = {
  secret: 'Secret',
  public_key: 'Public key',
  key_set: 'Key set (JWKS)',
}

/** From when on a secret is pointed out as old, in seconds: a year. */
const OLD_SECONDS = 365 * 86_400

/** What its owner should know of a key: that it is old and in use, or that nobody uses it. */
export function adviceOn(key: SigningKey, others: readonly SigningKey[], now: number): string | undefined {
  if (key.state === 'retired') return undefined
  if (key.state === 'retiring' && key.sessions > 0) {
    return 'It is still in use. Whoever mints with it must change over before it ends.'
  }
  if (key.kind === 'secret' && now - key.createdAt > OLD_SECONDS) return 'It is older than a year. Rotate it.'
  const isReplaced = others.some(
    (other) => other.state === 'active' && other.createdAt > key.createdAt && other.lastUsedAt !== null,
  )
  if (key.state === 'active' && isReplaced && key.sessions === 0)
    return 'A newer key is in use, and no session is on this one. Retire it.'
  return undefined
}
