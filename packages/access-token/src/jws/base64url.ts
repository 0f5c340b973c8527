import { Buffer } from 'node:buffer'

/**
 * Decodes base64url exactly as in RFC 7515 section 2: no padding, no white space, no `+` or `/`, no stray bits in the last character.
 * Exactly one text is accepted for each byte string.
 *
 * @returns the bytes, or `undefined` for any other text.
 */
export function decodeBase64Url(text: string): Buffer | undefined {
  // Node's decoder skips unknown characters, accepts the standard alphabet too and folds U+0141 into "A". Encoding
  // the result again detects all of these.
  const bytes = Buffer.from(text, 'base64url')
  return bytes.toString('base64url') === text ? bytes : undefined
}

/** Encodes bytes, or the UTF-8 bytes of a string, as unpadded base64url (RFC 7515 section 2). */
export function encodeBase64Url(data: Uint8Array | string): string {
  if (typeof data === 'string') return Buffer.from(data, 'utf8').toString('base64url')
  return Buffer.from(data.buffer, data.byteOffset, data.byteLength).toString('base64url')
}
