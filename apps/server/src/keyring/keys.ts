import { randomBytes } from 'node:crypto'
import type { ApiKey, SealedSecret, Secret } from './api-key.ts'
import type { ApiKeyChange, KeyStore } from './key-store.ts'
import { DEFAULT_POLICY, type Policy } from './policy.ts'
import type { Seal } from './seal.ts'

/** The most secrets of one API key that verify at a time: a token without `kid` is tried with each. */
export const MAX_ACTIVE_SECRETS = 8

/** The longest name of an API key, in characters. */
export const MAX_API_KEY_NAME_LENGTH = 100

/** A secret in clear. It is shown to its owner once, when it is made. */
export interface NewSecret extends Secret {
  readonly secret: string
}

/** What an owner's change needs: the store, the seal, and the time. */
export interface KeyOffice {
  readonly store: KeyStore
  readonly seal: Seal
  /** Seconds since 1970. */
  readonly now: () => number
}

/** An owner's request that cannot be carried out; the message says what to do. */
export class KeyOfficeError extends Error {
  override readonly name = 'KeyOfficeError'
}

/** Makes an API key together with its first secret. */
export async function createApiKey(
  { store, seal, now }: KeyOffice,
  { name, policy = DEFAULT_POLICY }: { readonly name: string; readonly policy?: Policy },
): Promise<{ readonly apiKey: ApiKey; readonly secret: NewSecret }> {
  const apiKey: ApiKey = {
    apiKey: `key_${randomBytes(12).toString('hex')}`,
    name,
    state: 'active',
    policy,
    createdAt: Math.floor(now()),
  }
  const secret = drawSecret(apiKey.apiKey, now())
  await store.addApiKey(apiKey, sealSecret(seal, secret))
  return { apiKey, secret }
}

/** Changes the name, the state or the policy of an API key, from the next knock on and for the sessions that there are. */
export async function changeApiKey({ store }: KeyOffice, apiKey: string, change: ApiKeyChange): Promise<void> {
  await requireApiKey(store, apiKey)
  await store.changeApiKey(apiKey, change)
}

/** Deletes an API key with its secrets. Its name is never given again, since names are drawn by lot. */
export async function deleteApiKey({ store }: KeyOffice, apiKey: string): Promise<void> {
  await requireApiKey(store, apiKey)
  await store.deleteApiKey(apiKey)
}

/** Makes another secret for an API key; the earlier ones go on verifying until they are retired. */
export async function createSecret({ store, seal, now }: KeyOffice, apiKey: string): Promise<NewSecret> {
  await requireApiKey(store, apiKey)
  const active = (await store.listSecrets(apiKey)).filter(({ state }) => state === 'active')
  if (active.length >= MAX_ACTIVE_SECRETS) {
    throw new KeyOfficeError(`${apiKey} has ${active.length} active secrets, the most there can be. Retire one first.`)
  }
  const secret = drawSecret(apiKey, now())
  await store.addSecret(sealSecret(seal, secret))
  return secret
}

/** From now on no token that this secret has signed is admitted. */
export async function retireSecret({ store, now }: KeyOffice, apiKey: string, keyId: string): Promise<void> {
  await requireApiKey(store, apiKey)
  if (await store.retireSecret(apiKey, keyId, Math.floor(now()))) return
  throw new KeyOfficeError(`${apiKey} has no active secret ${keyId}. See: stagedoor secret list ${apiKey}`)
}

/** The newest active secret of an API key, in clear. */
export async function openSecret({ store, seal }: KeyOffice, apiKey: string): Promise<NewSecret> {
  await requireApiKey(store, apiKey)
  const newest = (await store.listSecrets(apiKey)).filter(({ state }) => state === 'active').at(-1)
  if (newest === undefined) {
    throw new KeyOfficeError(`${apiKey} has no active secret. Make one: stagedoor secret create ${apiKey}`)
  }
  return { ...newest, secret: unsealSecret(seal, newest) }
}

export function unsealSecret(seal: Seal, { apiKey, keyId, sealed, masterKeyVersion }: SealedSecret): string {
  return seal.open(sealed, placeOf(apiKey, keyId), masterKeyVersion)
}

/** @throws {KeyOfficeError} where there is no such API key. */
export async function requireApiKey(store: KeyStore, apiKey: string): Promise<ApiKey> {
  const found = await store.findApiKey(apiKey)
  if (found !== undefined) return found
  throw new KeyOfficeError(`There is no API key ${JSON.stringify(apiKey)}. See: stagedoor key list`)
}

function drawSecret(apiKey: string, now: number): NewSecret {
  return {
    apiKey,
    keyId: `kid_${randomBytes(8).toString('hex')}`,
    algorithm: 'HS256',
    state: 'active',
    createdAt: Math.floor(now),
    retiredAt: undefined,
    secret: `secret_${randomBytes(32).toString('base64url')}`,
  }
}

export function sealSecret(seal: Seal, { secret, ...kept }: NewSecret): SealedSecret {
  return { ...kept, sealed: seal.close(secret, placeOf(kept.apiKey, kept.keyId)), masterKeyVersion: seal.version }
}

function placeOf(apiKey: string, keyId: string): string {
  return `${apiKey}\n${keyId}`
}
