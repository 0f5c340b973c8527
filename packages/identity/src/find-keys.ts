import { createLocalJWKSet, type JSONWebKeySet, type JWTVerifyGetKey } from 'jose'
import { type Fetch, fetchJson } from './fetch-json.ts'
import { fetchKeySet } from './fetch-key-set.ts'

/** A provider's keys, ready to verify with. */
export interface FoundKeys {
  readonly resolve: JWTVerifyGetKey
  /** The ids of the keys. */
  readonly keyIds: ReadonlySet<unknown>
}

/** Finds the keys of an issuer, or returns nothing if they are unavailable. Never fails. */
export type FindKeys = (issuer: string) => Promise<FoundKeys | undefined>

/**
 * Finds the keys of identity providers with OpenID Connect Discovery.
 *
 * @param through the fetch function, which decides which addresses are allowed.
 * @param onFailure called with the URL and the reason if keys could not be fetched.
 */
export function findKeysThrough(through: Fetch, onFailure: (url: string, error: unknown) => void): FindKeys {
  return async (issuer) => {
    let asked = issuer
    try {
      asked = await discover(through, issuer)
      const published = await fetchKeySet(through, asked)
      // A key without a type cannot verify anything.
      const keys = published.filter(({ kty }) => typeof kty === 'string') as unknown as JSONWebKeySet['keys']
      return { resolve: createLocalJWKSet({ keys }), keyIds: new Set(keys.map(({ kid }) => kid)) }
    } catch (error) {
      onFailure(asked, error)
      return undefined
    }
  }
}

/** The address of the keys of an issuer (OpenID Connect Discovery section 4). */
async function discover(fetch: Fetch, issuer: string): Promise<string> {
  const address = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`
  const found = (await fetchJson(fetch, address, 'discovery')) as Readonly<Record<string, unknown>> | null
  // Otherwise one provider could speak for another (section 4.3).
  if (found?.['issuer'] !== issuer)
    throw new Error('The provider calls itself another issuer than the one that was asked for')
  const keys = found['jwks_uri']
  if (typeof keys !== 'string' || !URL.canParse(keys)) throw new Error('The provider names no keys (jwks_uri)')
  // An attacker who can change the response can sign for every user.
  if (issuer.startsWith('https:') && new URL(keys).protocol !== 'https:') {
    throw new Error('The provider publishes its keys without encryption')
  }
  return keys
}
