import { createHmac, generateKeyPairSync, sign } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { encodeBase64Url } from './base64url.ts'
import { bindKey, type KeyInput } from './key.ts'
import { EDDSA_KEY, ES256_KEY, HS256_KEY, RS256_KEY } from './rfc-examples.fixture.ts'
import { prepareCheck, prepareSigner } from './signature.ts'

const INPUT = 'a signing input'
// FIPS 186-5: the order of P-256; RFC 8032 section 5.1: the order of edwards25519.
const P256_ORDER = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n
const ED25519_ORDER = 2n ** 252n + 27742317777372353535851937790883648493n

type SharedAlgorithm = 'HS256' | 'RS256' | 'ES256' | 'EdDSA'
const KEYS: Record<SharedAlgorithm, KeyInput> = {
  HS256: HS256_KEY,
  RS256: RS256_KEY,
  ES256: ES256_KEY,
  EdDSA: EDDSA_KEY,
}

const OTHER_KEYS: Record<SharedAlgorithm, KeyInput> = {
  HS256: 'another secret for tests, known to everyone',
  RS256: generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey,
  ES256: generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey,
  EdDSA: generateKeyPairSync('ed25519').publicKey,
}
const CHECKS = {
  HS256: prepareCheck(bindKey(HS256_KEY, ['HS256'], 'verify')),
  RS256: prepareCheck(bindKey(RS256_KEY, ['RS256'], 'verify')),
  ES256: prepareCheck(bindKey(ES256_KEY, ['ES256'], 'verify')),
  EdDSA: prepareCheck(bindKey(EDDSA_KEY, ['EdDSA'], 'verify')),
}

function holds(algorithm: SharedAlgorithm, signature: Uint8Array, input = INPUT): boolean {
  return CHECKS[algorithm](input, encodeBase64Url(signature))
}

function signed(algorithm: SharedAlgorithm): Buffer {
  return Buffer.from(prepareSigner(bindKey(KEYS[algorithm], [algorithm], 'sign'))(INPUT), 'base64url')
}

function bigEndian(value: bigint): Buffer {
  return Buffer.from(value.toString(16).padStart(64, '0'), 'hex')
}

function toBigInt(bytes: Uint8Array): bigint {
  return BigInt(`0x${Buffer.from(bytes).toString('hex')}`)
}

describe.each(['HS256', 'RS256', 'ES256', 'EdDSA'] as const)('a signature of %s', (algorithm) => {
  it('is valid for its own input only', () => {
    expect(holds(algorithm, signed(algorithm))).toBe(true)
    expect(holds(algorithm, signed(algorithm), `${INPUT} `)).toBe(false)
    expect(holds(algorithm, signed(algorithm), '')).toBe(false)
  })

  it('is invalid with any single bit changed', () => {
    const signature = signed(algorithm)
    for (let bit = 0; bit < signature.length * 8; bit += 1 + (algorithm === 'HS256' ? 0 : 10)) {
      const changed = Buffer.from(signature)
      changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7))
      expect(holds(algorithm, changed)).toBe(false)
    }
  })

  it('is invalid if it is empty, or a byte shorter or longer at either end', () => {
    const signature = signed(algorithm)
    const zero = Buffer.alloc(1)
    expect(holds(algorithm, signature.subarray(1))).toBe(false)
    expect(holds(algorithm, signature.subarray(0, -1))).toBe(false)
    expect(holds(algorithm, Buffer.concat([zero, signature]))).toBe(false)
    expect(holds(algorithm, Buffer.concat([signature, zero]))).toBe(false)
    expect(holds(algorithm, Buffer.alloc(0))).toBe(false)
    expect(holds(algorithm, Buffer.alloc(signature.length))).toBe(false)
  })

  it('is invalid as non-canonical text', () => {
    const check = prepareCheck(bindKey(KEYS[algorithm], [algorithm], 'verify'))
    const text = encodeBase64Url(signed(algorithm))
    expect(check(INPUT, text)).toBe(true)
    for (const spoilt of [
      `${text}=`,
      `${text}==`,
      `${text}\n`,
      ` ${text}`,
      `${text.slice(0, -1)}\u0141`,
      `\u0141${text.slice(1)}`,
    ]) {
      expect(check(INPUT, spoilt)).toBe(false)
    }
    for (const letter of 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_') {
      const other = text.slice(0, -1) + letter
      if (other !== text) expect(check(INPUT, other)).toBe(false)
    }
  })

  it('is invalid for another key of the algorithm', () => {
    const check = prepareCheck(bindKey(OTHER_KEYS[algorithm], [algorithm], 'verify'))
    expect(check(INPUT, encodeBase64Url(signed(algorithm)))).toBe(false)
  })
})

describe('a signature of ES256', () => {
  const r = signed('ES256').subarray(0, 32)
  const s = signed('ES256').subarray(32)

  it.each([
    ['r and s are zero', bigEndian(0n), bigEndian(0n)],
    ['r is zero', bigEndian(0n), s],
    ['s is zero', r, bigEndian(0n)],
    ['r is the order', bigEndian(P256_ORDER), s],
    ['s is the order', r, bigEndian(P256_ORDER)],
    ['both are the order', bigEndian(P256_ORDER), bigEndian(P256_ORDER)],
    ['r and s are one', bigEndian(1n), bigEndian(1n)],
    ['r is all ones', Buffer.alloc(32, 0xff), s],
    ['s is all ones', r, Buffer.alloc(32, 0xff)],
  ])('does not hold where %s', (_what, first, second) => {
    expect(holds('ES256', Buffer.concat([first, second]))).toBe(false)
  })

  it('is invalid with the order added to r or s', () => {
    const moved = (scalar: Buffer) => Buffer.from((toBigInt(scalar) + P256_ORDER).toString(16).padStart(66, '0'), 'hex')
    const signature = signed('ES256')
    const [first, second] = [signature.subarray(0, 32), signature.subarray(32)]
    expect(holds('ES256', Buffer.concat([first, moved(second)]))).toBe(false)
    expect(holds('ES256', Buffer.concat([moved(first), second]))).toBe(false)
    expect(holds('ES256', Buffer.concat([moved(first), moved(second)]))).toBe(false)
  })

  it('is invalid in DER, which OpenSSL writes', () => {
    const { key } = bindKey(ES256_KEY, ['ES256'], 'sign') as Extract<ReturnType<typeof bindKey>, { key: unknown }>
    const der = sign('sha256', Buffer.from(INPUT), key)
    expect(der[0]).toBe(0x30)
    expect(holds('ES256', der)).toBe(false)
  })
})

describe('a signature of EdDSA', () => {
  it('is invalid with the order added to S', () => {
    const signature = signed('EdDSA')
    const scalar = toBigInt(Buffer.from(signature.subarray(32)).reverse())
    for (const times of [1n, 2n, 7n]) {
      const moved = bigEndian(scalar + times * ED25519_ORDER).reverse()
      expect(holds('EdDSA', Buffer.concat([signature.subarray(0, 32), moved]))).toBe(false)
    }
    const back = bigEndian(scalar).reverse()
    expect(holds('EdDSA', Buffer.concat([signature.subarray(0, 32), back]))).toBe(true)
  })
})

describe('a signature of HMAC', () => {
  it.each([
    ['HS256', 'sha256'],
    ['HS384', 'sha384'],
    ['HS512', 'sha512'],
  ] as const)('is that of %s in full, never cut short', (algorithm, hash) => {
    const secret = 'a secret for tests, which everyone may read'
    const check = prepareCheck(bindKey(secret, [algorithm], 'verify'))
    const digest = createHmac(hash, secret).update(INPUT).digest()
    expect(check(INPUT, encodeBase64Url(digest))).toBe(true)
    for (const length of [0, 1, 16, 20, 32, 48].filter((count) => count < digest.length)) {
      expect(check(INPUT, encodeBase64Url(digest.subarray(0, length)))).toBe(false)
    }
  })
})
