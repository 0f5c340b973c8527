import type { JsonWebKey } from 'node:crypto'
import { type Algorithm, type Jwk, type KeyInput, KeyRefusedError } from '@stagedoor/access-token'
import { bindKey } from '@stagedoor/access-token/jws'
import { commandLine } from '../command-line.ts'

export const PUBLIC_KEY_ALGORITHMS = ['RS256', 'ES256', 'EdDSA'] as const satisfies readonly Algorithm[]

/** The longest text of a public key, in characters; the PEM of a 16,384-bit RSA key has 3,000. */
export const MAX_PUBLIC_KEY_LENGTH = 16_384

export interface PublicKey {
  readonly algorithm: Algorithm
  /** Only the public key. */
  readonly jwk: JsonWebKey
  /** The key id in the JWK. */
  readonly kid: string | undefined
}

/**
 * Reads a public key in PEM (RFC 7468; from a certificate, its key) or as JSON (RFC 7517): RSA from 2048 bits, P-256 or Ed25519.
 *
 * @throws {KeyRefusedError} if it is not a public key, is weak, or is a private key.
 */
export function readPublicKey(text: string): PublicKey {
  if (text.length > MAX_PUBLIC_KEY_LENGTH) {
    throw new KeyRefusedError(`A public key can have at most ${MAX_PUBLIC_KEY_LENGTH} characters`)
  }
  if (/-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(text)) throw new KeyRefusedError(PRIVATE)
  const trimmed = text.trim()
  // Any text can precede the PEM part (RFC 7468 section 2), such as the output of `openssl x509 -text`.
  return !trimmed.startsWith('{') && trimmed.includes('-----BEGIN ') ? bindPublicKey(trimmed) : readJwk(trimmed)
}

/** Binds a public key that is already read; `kid` is the key id of the JWK. */
export function bindPublicKey(input: KeyInput): PublicKey {
  const bound = bindKey(input, PUBLIC_KEY_ALGORITHMS, 'verify')
  if (!('key' in bound)) throw new KeyRefusedError(NEITHER)
  const kid = typeof input === 'object' && 'kid' in input ? input.kid : undefined
  return {
    algorithm: bound.algorithm,
    jwk: bound.key.export({ format: 'jwk' }),
    kid: typeof kid === 'string' && kid !== '' ? kid : undefined,
  }
}

function readJwk(text: string): PublicKey {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (cause) {
    throw new KeyRefusedError(NEITHER, { cause })
  }
  if (typeof value !== 'object' || value === null) throw new KeyRefusedError(NEITHER)
  if (Object.hasOwn(value, 'keys'))
    throw new KeyRefusedError('This is a key set. Add one of its keys, or add the key set by its URL')
  if (!('kty' in value)) throw new KeyRefusedError(NEITHER)
  if ('d' in value) throw new KeyRefusedError(PRIVATE)
  if (value.kty === 'oct')
    throw new KeyRefusedError(`This is a secret, not a public key. Import it: ${commandLine('signing-key import')}`)
  return bindPublicKey(value as Jwk)
}

const NEITHER = 'The text is neither a PEM nor a JWK public key'
const PRIVATE = 'This is a private key. Keep it in your back end, and add the public key instead'
