import { encodeBase64Url } from './jws/base64url.ts'
import { bindKey, type KeyInput } from './jws/key.ts'
import { prepareSigner } from './jws/signature.ts'
import { createTokenVerifier, type TokenVerifierOptions } from './verifier.ts'

/** Long enough, and obviously not a real secret. */
export const SECRET = 'a secret for tests, which everyone may read'
export const NOW = 1_800_000_000

/** The claims of a token that is valid at {@link NOW}. */
export const CLAIMS = {
  grants: { apiRTC_UserAgent_Id: 'alice' },
  sub: 'an-api-key',
  aud: 'apiRTC',
  iat: NOW - 60,
  exp: NOW + 3_540,
  jti: 'a7c3f7d0-8a8f-4f5c-9d0a-3a3c5f9e0b11',
}
export const HEADER = { alg: 'HS256', typ: 'JWT' }

/** Signs anything, unlike a real minter: values as JSON, strings and bytes as they are. */
export function craftToken(
  payload: unknown,
  header: unknown = HEADER,
  secret: KeyInput = SECRET,
  algorithm: 'HS256' | 'RS256' | 'ES256' | 'EdDSA' = 'HS256',
): string {
  return signParts(encodeBase64Url(jsonOf(header)), encodeBase64Url(jsonOf(payload)), secret, algorithm)
}

/** Signs two parts that are already encoded, correctly or not. */
export function signParts(
  header: string,
  payload: string,
  secret: KeyInput = SECRET,
  algorithm: 'HS256' | 'RS256' | 'ES256' | 'EdDSA' = 'HS256',
): string {
  const signingInput = `${header}.${payload}`
  return `${signingInput}.${prepareSigner(bindKey(secret, [algorithm], 'sign'))(signingInput)}`
}

/** A verifier that has {@link SECRET}, unless the options override it. */
export function verifierWith(options: Partial<TokenVerifierOptions> = {}) {
  return createTokenVerifier({ keys: [{ algorithm: 'HS256', secret: SECRET }], ...options })
}

/** The verdict on crafted claims at {@link NOW}. */
export function verifyClaims(claims: unknown, options?: Partial<TokenVerifierOptions>, userId?: string) {
  return verifierWith(options)(craftToken(claims), { now: NOW, ...(userId !== undefined && { userId }) })
}

function jsonOf(value: unknown): string | Uint8Array {
  return typeof value === 'string' || value instanceof Uint8Array ? value : JSON.stringify(value)
}
