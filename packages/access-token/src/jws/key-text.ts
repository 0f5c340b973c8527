import { Buffer } from 'node:buffer'
import { createPrivateKey, createPublicKey, X509Certificate } from 'node:crypto'
import { canReadKeys } from './can-read-keys.ts'

const DER_SEQUENCE = 0x30
const DER_INTEGER = 0x02
const PEM_OPENING = '-----BEGIN '
const OPEN_SSH_OPENING = /^\s*(?:sk-)?(?:ssh|ecdsa)-/
const HEX_DER = /^\s*30[0-9a-f]+\s*$/i

/**
 * Whether a supposed HMAC secret is in fact a key or a certificate. With a public key as the HMAC secret, anyone who has read it can
 * forge tokens (RFC 8725 section 2.1, "algorithm confusion"). So it is refused in all common encodings: PEM (RFC 7468), JWK
 * (RFC 7517), OpenSSH, DER, and base64 or hex of these.
 */
export function isKeyText(secret: string | Uint8Array): boolean {
  const bytes = Buffer.from(secret)
  const text = textOf(bytes)
  return isKey(bytes) || isKey(Buffer.from(text, 'base64')) || (HEX_DER.test(text) && isDer(Buffer.from(text, 'hex')))
}

/**
 * Returns the PEM part of a text. Any text can precede it, such as the output of `openssl -text` (RFC 7468 section 2).
 *
 * @returns `undefined` if there is none.
 */
export function findPem(text: string): string | undefined {
  const begin = text.indexOf(PEM_OPENING)
  return begin === -1 ? undefined : text.slice(begin).trim()
}

function isKey(bytes: Buffer): boolean {
  const text = textOf(bytes)
  return isDer(bytes) || text.includes(PEM_OPENING) || OPEN_SSH_OPENING.test(text) || isJwkText(text)
}

// Latin-1 reads any bytes, and key texts are ASCII. A leading byte-order mark would hide what follows it.
function textOf(bytes: Buffer): string {
  return bytes.toString('latin1').replace(/^\xEF\xBB\xBF/, '')
}

function isJwkText(text: string): boolean {
  if (!text.trimStart().startsWith('{')) return false
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && ('kty' in value || 'keys' in value)
  } catch {
    return false
  }
}

function isDer(key: Buffer): boolean {
  if (key[0] !== DER_SEQUENCE) return false
  const readings = [
    () => createPublicKey({ key, format: 'der', type: 'spki' }),
    () => createPublicKey({ key, format: 'der', type: 'pkcs1' }),
    () => createPrivateKey({ key, format: 'der', type: 'pkcs8' }),
    () => new X509Certificate(key),
  ]
  const isRead = readings.some((read) => {
    try {
      read()
      return true
    } catch {
      return false
    }
  })
  // A runtime that cannot read keys cannot decide, so anything that looks like a key counts as one.
  return isRead || (!canReadKeys('verify') && looksLikeKey(key))
}

// A single sequence without trailing bytes that begins with another sequence or with a number (X.690 section 8.9).
function looksLikeKey(der: Buffer): boolean {
  const first = der[1] ?? 0
  const lengthBytes = first < 0x80 ? 0 : first - 0x80
  if (lengthBytes > 3 || der.length < 3 + lengthBytes) return false
  const length = lengthBytes === 0 ? first : der.readUIntBE(2, lengthBytes)
  const inner = der[2 + lengthBytes] ?? 0
  return length === der.length - 2 - lengthBytes && (inner === DER_SEQUENCE || inner === DER_INTEGER)
}
