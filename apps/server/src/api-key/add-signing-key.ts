import { randomBytes } from 'node:crypto'
import { KeyRefusedError } from '@stagedoor/access-token'
import { NAME } from '@stagedoor/protocol'
import { commandLine } from '../command-line.ts'
import { type ChangeContext, DomainError, requireApiKey } from './change-context.ts'
import { newestSecret } from './newest-secret.ts'
import { readKeySetUrl } from './read-key-set-url.ts'
import { readPublicKey } from './read-public-key.ts'
import { openSigningKey, sealSigningKey } from './seal-signing-key.ts'
import { findWeakness, type HmacAlgorithm } from './secret-weakness.ts'
import { isInForce, type OpenSigningKey, type Secret, type SigningKey, type SigningKeyKind } from './signing-key.ts'

/** The most active signing keys of one API key: a token without `kid` is tried with each. */
export const MAX_SIGNING_KEYS = 8
/** The most key sets among these. */
export const MAX_KEY_SETS = 2
/** The longest key id, in characters. */
export const MAX_KEY_ID_LENGTH = 128

/** Creates another secret for an API key; the earlier ones keep verifying tokens until they are retired. */
export async function createSecret(context: ChangeContext, apiKey: string, keyId?: string): Promise<Secret> {
  const secret = generateSecret(apiKey, context.now(), keyId)
  await add(context, asSigningKey(secret))
  return secret
}

/**
 * Imports a secret that was created elsewhere: its UTF-8 bytes as they are, never decoded.
 *
 * @throws {DomainError} if it is weak.
 */
export async function importSecret(
  context: ChangeContext,
  apiKey: string,
  { secret, algorithm = 'HS256', keyId }: SecretToImport,
): Promise<SigningKey> {
  const weakness = findWeakness(secret, algorithm)
  if (weakness !== undefined)
    throw new DomainError(weakness, { reason: 'unusable', hint: commandLine(`signing-key create ${apiKey}`) })
  return add(context, { ...newSigningKey(apiKey, 'secret', context.now(), keyId), algorithm, material: secret })
}

export interface SecretToImport {
  readonly secret: string
  readonly algorithm?: HmacAlgorithm | undefined
  /** Default: a generated one. */
  readonly keyId?: string | undefined
}

/**
 * Registers a public key, as PEM or JWK, to verify tokens that the application signs with the private key.
 *
 * @param keyId the key id for tokens. Default: the `kid` of the JWK, or a generated one.
 */
export async function addPublicKey(
  context: ChangeContext,
  apiKey: string,
  { text, keyId }: { readonly text: string; readonly keyId?: string | undefined },
): Promise<SigningKey> {
  const { algorithm, jwk, kid } = orRefuse(() => readPublicKey(text))
  const generated = newSigningKey(apiKey, 'public_key', context.now(), keyId ?? kid)
  return add(context, { ...generated, algorithm, material: JSON.stringify(jwk) })
}

/** Registers the URL of published public keys (RFC 7517 section 5), such as an identity provider's. */
export async function addKeySet(
  context: ChangeContext,
  apiKey: string,
  { url, keyId }: { readonly url: string; readonly keyId?: string | undefined },
): Promise<SigningKey> {
  const generated = newSigningKey(apiKey, 'key_set', context.now(), keyId)
  return add(context, { ...generated, algorithm: undefined, material: orRefuse(() => readKeySetUrl(url)) })
}

/** The newest active secret of an API key, decrypted. */
export async function openSecret({ store, seal, now }: ChangeContext, apiKey: string): Promise<Secret> {
  await requireApiKey(store, apiKey)
  const newest = newestSecret(seal, await store.listSigningKeys(apiKey), now())
  if (newest !== undefined) return newest
  throw new DomainError(`${apiKey} has no active secret. Create one`, {
    reason: 'unknown',
    hint: commandLine(`signing-key create ${apiKey}`),
  })
}

export function generateSecret(apiKey: string, now: number, keyId?: string): Secret {
  const secret = `secret_${randomBytes(32).toString('base64url')}`
  return { ...newSigningKey(apiKey, 'secret', now, keyId), algorithm: 'HS256', secret }
}

export function asSigningKey({ secret: material, ...key }: Secret): OpenSigningKey {
  return { ...key, material }
}

function newSigningKey(
  apiKey: string,
  kind: SigningKeyKind,
  now: number,
  keyId = `kid_${randomBytes(8).toString('hex')}`,
) {
  return { apiKey, keyId, kind, createdAt: Math.floor(now), retiresAt: undefined, lastUsedAt: undefined }
}

async function add({ store, seal, now }: ChangeContext, { material, ...key }: OpenSigningKey): Promise<SigningKey> {
  const { apiKey, keyId, kind } = key
  await requireApiKey(store, apiKey)
  if (keyId.length > MAX_KEY_ID_LENGTH || !NAME.test(keyId)) {
    throw new DomainError(`A key id has 1 to ${MAX_KEY_ID_LENGTH} printable characters, and is not . or ..`, {
      reason: 'unusable',
    })
  }
  const all = await store.listSigningKeys(apiKey)
  const inForce = all.filter((other) => isInForce(other, now()))
  if (all.some((other) => other.keyId === keyId)) {
    throw new DomainError(
      `${apiKey} already has a signing key ${JSON.stringify(keyId)}, active or retired. Choose another key id`,
      {
        reason: 'conflict',
      },
    )
  }
  const twin = inForce.find((other) => openSigningKey(seal, other).material === material)
  if (twin !== undefined) throw new DomainError(`${apiKey} already has this key: ${twin.keyId}`, { reason: 'conflict' })
  if (inForce.length >= MAX_SIGNING_KEYS) {
    throw new DomainError(
      `${apiKey} has ${inForce.length} active signing keys, which is the maximum. Retire one first`,
      {
        reason: 'conflict',
      },
    )
  }
  if (kind === 'key_set' && inForce.filter((other) => other.kind === kind).length >= MAX_KEY_SETS) {
    throw new DomainError(`${apiKey} has ${MAX_KEY_SETS} key sets, which is the maximum. Retire one first`, {
      reason: 'conflict',
    })
  }
  await store.addSigningKey(sealSigningKey(seal, { ...key, material }))
  return key
}

function orRefuse<T>(read: () => T): T {
  try {
    return read()
  } catch (error) {
    if (error instanceof KeyRefusedError) throw new DomainError(error.message, { reason: 'unusable', cause: error })
    throw error
  }
}
