import { Buffer } from 'node:buffer'

/**
 * Decodes base64url as RFC 7515 section 2 writes it, and nothing else: no padding, no white space, no `+` or `/`, no
 * stray bits in the last character. Each byte string has exactly one text that this accepts.
 *
 * @returns the bytes, or `undefined` where the text is not that one text.
 */
export function decodeBase64Url(text: string): Buffer | undefined {
  // Node's decoder skips what it does not know, reads the standard alphabet too and folds U+0141 into "A". Encoding
  // again is the one test that no such leniency passes.
  const bytes = Buffer.from(text, 'base64url')
  return bytes.toString('base64url') === text ? bytes : undefined
}

/** Encodes bytes, or the UTF-8 bytes of a string, as unpadded base64url (RFC 7515 section 2). */
export function encodeBase64Url(data: Uint8Array | string): string {
  if (typeof data === 'string') return Buffer.from(data, 'utf8').toString('base64url')
  return Buffer.from(data.buffer, data.byteOffset, data.byteLength).toString('base64url')
}
