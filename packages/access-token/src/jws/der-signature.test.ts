import { generateKeyPairSync, sign, verify } from 'node:crypto'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { fromDer, toDer } from './der-signature.ts'

const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const half = fc.oneof(
  fc.uint8Array({ minLength: 32, maxLength: 32 }),
  fc.nat({ max: 32 }).map((zeros) => new Uint8Array(32).fill(0x80, zeros)),
  fc.nat({ max: 32 }).map((zeros) => new Uint8Array(32).fill(0x7f, zeros)),
)

it('a DER signature is read back as written, with any leading zeros', () => {
  fc.assert(
    fc.property(half, half, (r, s) => {
      const signature = Buffer.concat([r, s])
      expect(fromDer(toDer(signature))).toEqual(signature)
    }),
    { numRuns: 2_000 },
  )
})

it('a signature that OpenSSL creates in one encoding verifies in the other', () => {
  for (let count = 0; count < 300; count++) {
    const input = Buffer.from(`input ${count}`)
    const side = sign('sha256', input, { key: privateKey, dsaEncoding: 'ieee-p1363' })
    expect(verify('sha256', input, publicKey, toDer(side))).toBe(true)
    const der = sign('sha256', input, privateKey)
    expect(toDer(fromDer(der))).toEqual(der)
  }
})
