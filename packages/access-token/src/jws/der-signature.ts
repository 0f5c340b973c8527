import { Buffer } from 'node:buffer'

// ASN.1 tags (X.690 section 8), and the length of r and s on P-256, in bytes.
const SEQUENCE = 0x30
const INTEGER = 0x02
const HALF = 32

/**
 * Converts a P-256 ECDSA signature from the JWS encoding, r and s side by side (RFC 7518 section 3.4), to DER as in X.509 (RFC 3279
 * section 2.2.3). Not every runtime whose node:crypto verifies accepts the first encoding.
 */
export function toDer(signature: Buffer): Buffer {
  const integers = Buffer.concat([toInteger(signature.subarray(0, HALF)), toInteger(signature.subarray(HALF))])
  return Buffer.concat([Buffer.of(SEQUENCE, integers.length), integers])
}

// The shortest non-negative form: a leading zero only if the first bit is set.
function toInteger(bytes: Buffer): Buffer {
  const first = bytes.findIndex((byte) => byte !== 0)
  const digits = first === -1 ? bytes.subarray(-1) : bytes.subarray(first)
  const sign = (digits[0] ?? 0) >= 0x80 ? [0] : []
  return Buffer.concat([Buffer.of(INTEGER, sign.length + digits.length, ...sign), digits])
}

/** Reads what {@link toDer} writes. The input is a signature that was just created, never untrusted. */
export function fromDer(der: Buffer): Buffer {
  const r = der.subarray(4, 4 + der.readUInt8(3))
  const s = der.subarray(4 + r.length + 2)
  const signature = Buffer.alloc(2 * HALF)
  r.subarray(-HALF).copy(signature, HALF - Math.min(HALF, r.length))
  s.subarray(-HALF).copy(signature, 2 * HALF - Math.min(HALF, s.length))
  return signature
}
