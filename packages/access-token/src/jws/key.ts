import { Buffer } from 'node:buffer'
import { createPrivateKey, createPublicKey, createSecretKey, type JsonWebKey, KeyObject } from 'node:crypto'
import {
  ALGORITHMS,
  type Algorithm,
  type AsymmetricAlgorithm,
  type HmacAlgorithm,
  isAlgorithm,
  isHmac,
} from './algorithms.ts'
import { decodeBase64Url } from './base64url.ts'
import { canReadKeys } from './can-read-keys.ts'
import { CryptoUnsupportedError } from './crypto-unsupported.ts'
import { findPem, isKeyText } from './key-text.ts'
import { hasSmallOrder } from './small-order.ts'

/** The fewest bits of an RSA modulus (RFC 7518 section 3.3). */
export const MIN_RSA_BITS = 2048
const MIN_RSA_EXPONENT = 3n

/** A JSON Web Key (RFC 7517) as an object. Its `alg`, `use` and `key_ops` are respected if present. */
export type Jwk = JsonWebKey & { readonly kty: string }

/**
 * A key as passed in: a JWK object, PEM text, a Node.js `KeyObject`, or a secret. A secret is bytes, or a string whose UTF-8 bytes
 * are used as they are, never decoded from base64 or hex.
 */
export type KeyInput = Jwk | KeyObject | Uint8Array | string

/** A key was refused, and why. The message never contains the key. */
export class KeyRefusedError extends TypeError {
  override readonly name = 'KeyRefusedError'
  readonly code = 'key_refused'
}

/** Key material and its one algorithm. */
export type BoundKey =
  | { readonly algorithm: HmacAlgorithm; readonly secret: KeyObject }
  | { readonly algorithm: AsymmetricAlgorithm; readonly key: KeyObject }

/** The intended use of a key. */
export type KeyUse = 'sign' | 'verify'

/**
 * Binds a key to the one allowed algorithm that fits it.
 *
 * @throws {KeyRefusedError} if the key is weak, is not a key, is not allowed for this use, or fits no algorithm or several.
 * @throws {CryptoUnsupportedError} if the runtime cannot read it.
 */
export function bindKey(input: KeyInput, allowed: readonly Algorithm[], use: KeyUse): BoundKey {
  for (const algorithm of allowed) {
    if (!isAlgorithm(algorithm)) throw new KeyRefusedError(`"${algorithm}" is not one of ${ALGORITHMS.join(', ')}`)
  }
  if (isJwk(input)) return bindJwk(input, allowed, use)
  if (input instanceof KeyObject) return bindKeyObject(input, allowed, use)
  if (typeof input !== 'string' && !(input instanceof Uint8Array)) {
    throw new KeyRefusedError('The key is neither a JWK, nor a KeyObject, nor bytes, nor text')
  }
  const text = typeof input === 'string' ? input : Buffer.from(input).toString('latin1')
  const pem = allowed.every(isHmac) ? undefined : findPem(text)
  if (pem !== undefined) return bindKeyObject(readPem(pem, use), allowed, use)
  return bindSecret(input, allowed)
}

function bindJwk(jwk: Jwk, allowed: readonly Algorithm[], use: KeyUse): BoundKey {
  const { alg, use: intended, key_ops: operations } = jwk as Record<string, unknown>
  if (intended !== undefined && intended !== 'sig') {
    throw new KeyRefusedError('The JWK is not for signatures (its "use" is not "sig")')
  }
  if (operations !== undefined && !(Array.isArray(operations) && operations.includes(use))) {
    throw new KeyRefusedError(`The JWK may not ${use} (its "key_ops")`)
  }
  const within = alg === undefined ? allowed : allowed.filter((algorithm) => algorithm === alg)
  if (within.length === 0) throw new KeyRefusedError(`The JWK is for another algorithm than ${allowed.join(', ')}`)
  if (jwk.kty !== 'oct') return bindKeyObject(readJwk(jwk, use), within, use)
  const secret = typeof jwk.k === 'string' ? decodeBase64Url(jwk.k) : undefined
  if (secret === undefined) throw new KeyRefusedError('The JWK holds no secret in canonical base64url (its "k")')
  return bindSecret(secret, within)
}

function bindSecret(secret: string | Uint8Array, allowed: readonly Algorithm[]): BoundKey {
  if (secret.length === 0) throw new KeyRefusedError('The secret is empty')
  if (isKeyText(secret)) {
    throw new KeyRefusedError(
      'The secret is a key or a certificate; an HMAC secret must be random bytes that nobody else has',
    )
  }
  const [algorithm, another] = allowed.filter(isHmac)
  if (algorithm === undefined) throw new KeyRefusedError(`A secret cannot be used with ${allowed.join(', ')}`)
  if (another !== undefined)
    throw new KeyRefusedError(`A secret has one algorithm; name it: ${algorithm} or ${another}`)
  return { algorithm, secret: typeof secret === 'string' ? createSecretKey(secret, 'utf8') : createSecretKey(secret) }
}

function bindKeyObject(key: KeyObject, allowed: readonly Algorithm[], use: KeyUse): BoundKey {
  if (key.type === 'secret') return bindSecret(key.export(), allowed)
  const algorithm = asymmetricAlgorithm(key)
  if (!allowed.includes(algorithm)) {
    throw new KeyRefusedError(`The key is for ${algorithm} and cannot be used with ${allowed.join(', ')}`)
  }
  if (use === 'sign' && key.type !== 'private') throw new KeyRefusedError('Signing needs the private key')
  return { algorithm, key: use === 'verify' && key.type === 'private' ? createPublicKey(key) : key }
}

function asymmetricAlgorithm(key: KeyObject): AsymmetricAlgorithm {
  if (key.asymmetricKeyType === undefined || key.asymmetricKeyDetails === undefined) {
    throw new CryptoUnsupportedError('tell the kind and the size of a key')
  }
  const { modulusLength = 0, publicExponent = 0n, namedCurve } = key.asymmetricKeyDetails
  switch (key.asymmetricKeyType) {
    case 'rsa':
      if (modulusLength < MIN_RSA_BITS) {
        throw new KeyRefusedError(`The RSA key has ${modulusLength} bits; ${MIN_RSA_BITS} are the least`)
      }
      if (publicExponent < MIN_RSA_EXPONENT || publicExponent % 2n === 0n) {
        throw new KeyRefusedError('The RSA key has a public exponent that signs nothing')
      }
      return 'RS256'
    case 'ec':
      if (namedCurve === 'prime256v1') return 'ES256'
      throw new KeyRefusedError('The EC key is not on the curve P-256')
    case 'ed25519': {
      const { x = '' } = (key.type === 'private' ? createPublicKey(key) : key).export({ format: 'jwk' })
      if (hasSmallOrder(Buffer.from(x, 'base64url'))) {
        throw new KeyRefusedError('The Ed25519 key is a point of small order, under which anyone can sign')
      }
      return 'EdDSA'
    }
    default:
      throw new KeyRefusedError(`A key of type ${key.asymmetricKeyType} is not supported`)
  }
}

function readPem(pem: string, use: KeyUse): KeyObject {
  return read('PEM text', use, () => (use === 'sign' ? createPrivateKey(pem) : createPublicKey(pem)))
}

function readJwk(jwk: Jwk, use: KeyUse): KeyObject {
  const input = { key: jwk, format: 'jwk' } as const
  return read('JWK', use, () => (use === 'sign' ? createPrivateKey(input) : createPublicKey(input)))
}

function read(what: string, use: KeyUse, act: () => KeyObject): KeyObject {
  const kind = use === 'sign' ? 'private' : 'public'
  try {
    return act()
  } catch (cause) {
    // This key is at fault only if the runtime can read keys at all.
    if (!canReadKeys(use)) throw new CryptoUnsupportedError(`read ${kind} keys`, cause)
    throw new KeyRefusedError(`The ${what} holds no ${kind} key that can be read`, { cause })
  }
}

function isJwk(input: KeyInput): input is Jwk {
  return typeof input === 'object' && input !== null && 'kty' in input
}
