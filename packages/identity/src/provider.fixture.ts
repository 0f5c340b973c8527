import { exportJWK, generateKeyPair, type JWK, SignJWT } from 'jose'
import type { Fetch } from './fetch-json.ts'
import { findKeysThrough } from './find-keys.ts'
import { ProviderKeys } from './provider-keys.ts'

export const ISSUER = 'https://login.example'
export const AUDIENCE = 'front-end'
export const NOW = 1_800_000_000

/** A network that has only these addresses, and records the requests. */
export function network(answers: Readonly<Record<string, unknown>>) {
  const asked: string[] = []
  const through: Fetch = async (url) => {
    asked.push(url)
    return new Response(JSON.stringify(answers[url]), { status: url in answers ? 200 : 404 })
  }
  return { through, asked }
}

/** A provider that publishes these keys in addition to its own, and signs any claims. */
export async function openProvider({ before = [], after = [] }: { before?: unknown[]; after?: unknown[] } = {}) {
  const { publicKey, privateKey } = await generateKeyPair('ES256')
  const own: JWK = { ...(await exportJWK(publicKey)), kid: 'k', alg: 'ES256' }
  const { through, asked } = network({
    [`${ISSUER}/.well-known/openid-configuration`]: { issuer: ISSUER, jwks_uri: `${ISSUER}/keys` },
    [`${ISSUER}/keys`]: { keys: [...before, own, ...after] },
  })
  const failures: string[] = []
  const keys = new ProviderKeys(findKeysThrough(through, (_url, error) => failures.push(String(error))))

  /** Signs a valid token, with the given changes. */
  function sign(
    claims: Record<string, unknown> = {},
    header: Record<string, unknown> = {},
    key: CryptoKey | Uint8Array = privateKey,
  ): Promise<string> {
    const all = { iss: ISSUER, aud: AUDIENCE, sub: 'alice', iat: NOW, exp: NOW + 300, ...claims }
    return new SignJWT(all).setProtectedHeader({ alg: 'ES256', kid: 'k', ...header }).sign(key)
  }
  return { keys, sign, own, asked, failures }
}
