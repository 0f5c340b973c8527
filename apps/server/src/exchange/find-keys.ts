import { createLocalJWKSet } from 'jose'
import { fetchKeysWith, MAX_KEY_SET_BYTES } from '../keyring/fetch-keys.ts'
import { type Fetch, fetchBounded } from '../outbound/fetch-bounded.ts'

/** How long discovery may take, in seconds. */
export const DISCOVERY_TIMEOUT_SECONDS = 5

/** The keys of a provider, for `jose` to verify with. */
export interface FoundKeys {
  readonly resolve: ReturnType<typeof createLocalJWKSet>
  /** The names of the keys. */
  readonly keyIds: ReadonlySet<unknown>
}

/** Finds the keys of an issuer; nothing where they cannot be had. Never fails. */
export type FindKeys = (issuer: string) => Promise<FoundKeys | undefined>

/**
 * Finds the keys of identity providers by OpenID Connect Discovery.
 *
 * @param through what is asked through: it decides where may be asked.
 * @param onFailure told why keys could not be had.
 */
export function findKeysThrough(through: Fetch, onFailure: (issuer: string, error: unknown) => void): FindKeys {
  const bounded = fetchBounded(through, MAX_KEY_SET_BYTES)
  const fetchKeys = fetchKeysWith(onFailure, through)
  return async (issuer) => {
    try {
      const published = await fetchKeys(await discover(bounded, issuer))
      if (published === undefined) return undefined
      const resolve = createLocalJWKSet({ keys: published as Parameters<typeof createLocalJWKSet>[0]['keys'] })
      return { resolve, keyIds: new Set(published.map((key) => (key as { kid?: unknown }).kid)) }
    } catch (error) {
      onFailure(issuer, error)
      return undefined
    }
  }
}

/** The address of the keys of an issuer (OpenID Connect Discovery section 4). */
async function discover(fetch: Fetch, issuer: string): Promise<string> {
  const address = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`
  const answer = await fetch(address, {
    headers: { accept: 'application/json' },
    redirect: 'manual',
    signal: AbortSignal.timeout(DISCOVERY_TIMEOUT_SECONDS * 1_000),
  })
  if (answer.status !== 200) throw new Error(`The provider answers ${answer.status} to discovery`)
  const found = (await answer.json()) as { readonly issuer?: unknown; readonly jwks_uri?: unknown } | null
  // Otherwise one provider could speak for another (section 4.3).
  if (found?.issuer !== issuer)
    throw new Error('The provider calls itself another issuer than the one that was asked for')
  const { jwks_uri: keys } = found
  if (typeof keys !== 'string' || !URL.canParse(keys)) throw new Error('The provider names no keys (jwks_uri)')
  // Whoever can change what is fetched can sign for everybody.
  if (issuer.startsWith('https:') && new URL(keys).protocol !== 'https:') {
    throw new Error('The provider publishes its keys without encryption')
  }
  return keys
}
