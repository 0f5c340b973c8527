import { Buffer } from 'node:buffer'

// ASN.1 tags (X.690 section 8), and how many bytes r and s have on P-256.
const SEQUENCE = 0x30
const INTEGER = 0x02
const HALF = 32

/**
 * Writes an ECDSA signature of P-256, r and s side by side as a JWS has it (RFC 7518 section 3.4), in DER as X.509 has it (RFC 3279 section
 * 2.2.3). Not every runtime whose node:crypto verifies reads the first form.
 */
export function toDer(signature: Buffer): Buffer {
  const integers = Buffer.concat([toInteger(signature.subarray(0, HALF)), toInteger(signature.subarray(HALF))])
  return Buffer.concat([Buffer.of(SEQUENCE, integers.length), integers])
}

// The shortest form, and never negative: a leading zero where the first bit is set, and no other.
function toInteger(bytes: Buffer): Buffer {
  const first = bytes.findIndex((byte) => byte !== 0)
  const digits = first === -1 ? bytes.subarray(-1) : bytes.subarray(first)
  const sign = (digits[0] ?? 0) >= 0x80 ? [0] : []
  return Buffer.concat([Buffer.of(INTEGER, sign.length + digits.length, ...sign), digits])
}

/** Reads what {@link toDer} writes. The signature is one that was just made, and no stranger's. */
export function fromDer(der: Buffer): Buffer {
  const r = der.subarray(4, 4 + der.readUInt8(3))
  const s = der.subarray(4 + r.length + 2)
  const signature = Buffer.alloc(2 * HALF)
  r.subarray(-HALF).copy(signature, HALF - Math.min(HALF, r.length))
  s.subarray(-HALF).copy(signature, 2 * HALF - Math.min(HALF, s.length))
  return signature
}
