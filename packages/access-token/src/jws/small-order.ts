import { Buffer } from 'node:buffer'

// The encodings of the points on edwards25519 whose order divides 8, without their sign bit, canonical or not (RFC 8032
// section 5.1.3). For such a public key, anyone can write a signature that is valid for many or all messages.
const SMALL_ORDER = [
  '0000000000000000000000000000000000000000000000000000000000000000',
  '0100000000000000000000000000000000000000000000000000000000000000',
  '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05',
  'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a',
  'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  'edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  'eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
]
const SIGN_BIT = 0x80

/** Whether an Ed25519 public key, as its 32 bytes, is a point of small order. */
export function hasSmallOrder(publicKey: Uint8Array): boolean {
  const point = Buffer.from(publicKey)
  point.writeUInt8(point.readUInt8(31) & ~SIGN_BIT, 31)
  return SMALL_ORDER.includes(point.toString('hex'))
}
