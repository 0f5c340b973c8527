import { Buffer } from 'node:buffer'
import { createPublicKey, X509Certificate } from 'node:crypto'

// Openings of the texts in which keys and certificates travel: PEM (RFC 7468), JWK (RFC 7517), OpenSSH, and a PEM
// body without its frame, whose first character is always "M" (an ASN.1 SEQUENCE in base64).
const KEY_TEXT_OPENING = /^[\s\uFEFF]*(?:-----BEGIN |\{|ssh-|ecdsa-sha2-|M[CFHI][A-Za-z0-9+/])/
const DER_SEQUENCE = 0x30

/**
 * Whether a would-be HMAC secret is really a key or a certificate. A public key as an HMAC secret lets anyone who has
 * read it forge tokens (RFC 8725 section 2.1, "algorithm confusion"), so it is refused in every form that is known.
 */
export function isKeyText(secret: string | Uint8Array): boolean {
  if (typeof secret === 'string') return KEY_TEXT_OPENING.test(secret) && isKey(secret)
  if (secret[0] === DER_SEQUENCE && isDer(Buffer.from(secret))) return true
  const text = Buffer.from(secret.buffer, secret.byteOffset, secret.byteLength).toString('latin1')
  return isKeyText(text.replace(/^\xEF\xBB\xBF/, ''))
}

/** Whether a text is framed as PEM. */
export function isPem(text: string): boolean {
  return text.trimStart().startsWith('-----BEGIN ')
}

function isKey(text: string): boolean {
  const trimmed = text.trim()
  if (trimmed.startsWith('{')) return isJwkText(trimmed)
  if (trimmed.startsWith('M')) return isDer(Buffer.from(trimmed, 'base64'))
  return true
}

function isJwkText(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && ('kty' in value || 'keys' in value)
  } catch {
    return false
  }
}

function isDer(bytes: Buffer): boolean {
  const readings = [
    () => createPublicKey({ key: bytes, format: 'der', type: 'spki' }),
    () => createPublicKey({ key: bytes, format: 'der', type: 'pkcs1' }),
    () => new X509Certificate(bytes),
  ]
  return readings.some((read) => {
    try {
      read()
      return true
    } catch {
      return false
    }
  })
}
