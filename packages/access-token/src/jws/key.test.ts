import {
  createPublicKey,
  createSecretKey,
  ECDH,
  generateKeyPairSync,
  type JsonWebKey,
  type KeyObject,
  X509Certificate,
} from 'node:crypto'
import { describe, expect, it } from 'vitest'
import type { Algorithm } from './algorithms.ts'
import { encodeBase64Url } from './base64url.ts'
import { CERTIFICATE } from './certificate.fixture.ts'
import { bindKey, type Jwk, type KeyInput, KeyRefusedError } from './key.ts'
import { EDDSA_KEY, ES256_KEY, HS256_KEY, RS256_KEY } from './rfc-examples.fixture.ts'

const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 })
const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const ed = generateKeyPairSync('ed25519')
const SECRET = 'a secret for tests, which everyone may read'

function bind(input: unknown, allowed: readonly string[], use: 'sign' | 'verify' = 'verify') {
  return bindKey(input as KeyInput, allowed as readonly Algorithm[], use)
}

function jwkOf(key: KeyObject, members: object = {}): Jwk {
  const jwk: JsonWebKey = key.export({ format: 'jwk' })
  return { ...jwk, kty: String(jwk.kty), ...members }
}

describe('an HMAC secret', () => {
  const spki = (key: KeyObject) => key.export({ format: 'der', type: 'spki' })
  const pem = (key: KeyObject) => String(key.export({ format: 'pem', type: 'spki' }))
  const compressedPoint = ECDH.convertKey(
    Buffer.concat([
      Buffer.from([4]),
      ...['x', 'y'].map((at) => Buffer.from(String(jwkOf(ec.publicKey)[at]), 'base64url')),
    ]),
    'prime256v1',
    undefined,
    undefined,
    'compressed',
  ) as Buffer
  const compressed = Buffer.concat([
    Buffer.from('3039301306072a8648ce3d020106082a8648ce3d030107032200', 'hex'),
    compressedPoint,
  ])
  const certificate = new X509Certificate(CERTIFICATE).raw
  const jwks = JSON.stringify({ keys: [jwkOf(rsa.publicKey)] })

  it.each<[string, string | Uint8Array]>([
    ['the PEM of a public key', pem(rsa.publicKey)],
    ['the PEM of an EC key', pem(ec.publicKey)],
    ['the PEM of an Ed25519 key', pem(ed.publicKey)],
    ['the PEM of PKCS #1', rsa.publicKey.export({ format: 'pem', type: 'pkcs1' })],
    ['the PEM of a private key', ec.privateKey.export({ format: 'pem', type: 'pkcs8' })],
    ['the PEM of a certificate', CERTIFICATE],
    ['PEM with white space in front', `\r\n\t  ${pem(rsa.publicKey)}`],
    ['PEM behind a byte-order mark', `\uFEFF${pem(rsa.publicKey)}`],
    ['a JWK behind a byte-order mark', `\uFEFF${JSON.stringify(jwkOf(ec.publicKey))}`],
    ['PEM behind a preamble', `Bag Attributes\n    friendlyName: gate\n${pem(rsa.publicKey)}`],
    ['PEM with its lines joined', pem(rsa.publicKey).replaceAll('\n', '')],
    ['PEM as bytes', Buffer.from(pem(rsa.publicKey))],
    ['PEM in base64', Buffer.from(pem(rsa.publicKey)).toString('base64')],
    ['a JWK', JSON.stringify(jwkOf(rsa.publicKey))],
    ['a JWK with white space in front', ` \n${JSON.stringify(jwkOf(ec.publicKey), null, 2)}`],
    ['a JWK of a secret', JSON.stringify(HS256_KEY)],
    ['a JWK in base64url', encodeBase64Url(JSON.stringify(jwkOf(ed.publicKey)))],
    ['a JWK set', jwks],
    ['a JWK as bytes', Buffer.from(jwks)],
    ['an OpenSSH key', 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIA comment'],
    ['an OpenSSH key of ECDSA', 'ecdsa-sha2-nistp256 AAAAE2VjZHNhLXNoYTItbmlzdHAyNTY'],
    ['DER of RSA', spki(rsa.publicKey)],
    ['DER of EC', spki(ec.publicKey)],
    ['DER of EC, compressed', compressed],
    ['DER of Ed25519', spki(ed.publicKey)],
    ['DER of PKCS #1', rsa.publicKey.export({ format: 'der', type: 'pkcs1' })],
    ['DER of a private key', ed.privateKey.export({ format: 'der', type: 'pkcs8' })],
    ['DER of a certificate', certificate],
    ['DER in a Uint8Array within a larger buffer', new Uint8Array([0, ...spki(ec.publicKey), 0]).subarray(1, -1)],
    ['DER of RSA in base64', spki(rsa.publicKey).toString('base64')],
    ['DER of EC in base64, wrapped', spki(ec.publicKey).toString('base64').replace(/.{64}/g, '$&\n')],
    ['DER of EC in base64, compressed', compressed.toString('base64')],
    ['DER of Ed25519 in base64url', spki(ed.publicKey).toString('base64url')],
    ['DER of a certificate in base64, with white space in front', `\n ${certificate.toString('base64')}`],
    ['DER of EC in hex', spki(ec.publicKey).toString('hex')],
    ['DER of EC in capital hex', spki(ec.publicKey).toString('hex').toUpperCase()],
  ])('is not %s', (_what, secret) => {
    const bytes = typeof secret === 'string' ? Buffer.from(secret) : secret
    for (const form of [secret, bytes, createSecretKey(bytes), { kty: 'oct', k: encodeBase64Url(bytes) }]) {
      expect(() => bind(form, ['HS256'])).toThrow('The secret is a key or a certificate')
    }
  })

  it.each([
    ['48 printable characters, signs and quotes among them', '"\'$%{}[]()<>-----+/=\\,.;:!?&|~^`@#*_ABCDEFGHIJ0123'],
    ['that begins as base64 of DER does', `MIIB${'x'.repeat(40)}`],
    ['that begins as JSON does', `{${'x'.repeat(40)}`],
    ['that is JSON, but no key', '{"a":"a JSON text of which nobody would think"}'],
    ['in hex', '30'.repeat(32)],
    ['that names PEM', 'BEGIN PUBLIC KEY, said nobody when making secrets'],
    ['of bytes that begin as DER does', Buffer.alloc(64, 0x30)],
    ['of any bytes', Uint8Array.from({ length: 256 }, (_, at) => at)],
    ['of white space', ' '.repeat(32)],
  ])('may be one %s', (_what, secret) => {
    expect(bind(secret, ['HS256'])).toMatchObject({ algorithm: 'HS256' })
    expect(bind(secret, ['HS512'], 'sign')).toMatchObject({ algorithm: 'HS512' })
  })

  it('is never empty', () => {
    for (const secret of ['', new Uint8Array(), { kty: 'oct', k: '' }]) {
      expect(() => bind(secret, ['HS256'])).toThrow('The secret is empty')
    }
  })

  it('has exactly one algorithm', () => {
    expect(() => bind(SECRET, ['HS256', 'HS512'])).toThrow('A secret has one algorithm')
    expect(() => bind(SECRET, [])).toThrow(KeyRefusedError)
    expect(() => bind(SECRET, ['RS256'])).toThrow('A secret cannot be used with RS256')
    expect(bind(SECRET, ['RS256', 'HS256'])).toMatchObject({ algorithm: 'HS256' })
    expect(bind({ ...HS256_KEY, alg: 'HS384' }, ['HS256', 'HS384'])).toMatchObject({ algorithm: 'HS384' })
  })

  it('is the UTF-8 bytes of a string', () => {
    const { secret } = bind('é', ['HS256']) as { secret: KeyObject }
    expect(secret.export()).toEqual(Buffer.from([0xc3, 0xa9]))
  })
})

describe('a JWK', () => {
  it.each<[string, Jwk, readonly string[]]>([
    ['of another alg', { ...HS256_KEY, alg: 'HS512' }, ['HS256']],
    ['of an alg that is no signature', { ...HS256_KEY, alg: 'A128KW' }, ['HS256']],
    ['of PS256', { ...RS256_KEY, alg: 'PS256' }, ['RS256']],
    ['of an alg that is none', { ...RS256_KEY, alg: 'none' }, ['RS256']],
    ['of an alg that is null', { ...HS256_KEY, alg: null } as unknown as Jwk, ['HS256']],
    ['for encryption', { ...RS256_KEY, use: 'enc' }, ['RS256']],
    ['of a use that is null', { ...RS256_KEY, use: null } as unknown as Jwk, ['RS256']],
    ['to sign with only', { ...RS256_KEY, key_ops: ['sign'] }, ['RS256']],
    ['for nothing', { ...RS256_KEY, key_ops: [] }, ['RS256']],
    ['of key_ops that are no list', { ...RS256_KEY, key_ops: 'verify' }, ['RS256']],
    ['of a kty of another alg', { ...ES256_KEY, alg: 'RS256' }, ['RS256', 'ES256']],
    ['of an unknown kty', { kty: 'LWE' }, ['RS256']],
    ['of a kty that is no string', { kty: 7 } as unknown as Jwk, ['RS256']],
    ['of a secret for RS256', HS256_KEY, ['RS256']],
    ['of a public key for HS256', { ...RS256_KEY, alg: 'HS256' }, ['HS256']],
    ['without a secret', { kty: 'oct' }, ['HS256']],
    ['of a secret with padding', { kty: 'oct', k: 'YWJj=' }, ['HS256']],
    ['of a secret with stray bits', { kty: 'oct', k: 'YR' }, ['HS256']],
    ['of RSA without a modulus', { kty: 'RSA', e: 'AQAB' }, ['RS256']],
    ['of a point that is not on its curve', { ...ES256_KEY, y: ES256_KEY.x } as Jwk, ['ES256']],
    ['of the curve P-384', jwkOf(generateKeyPairSync('ec', { namedCurve: 'P-384' }).publicKey), ['ES256']],
    ['of the curve secp256k1', jwkOf(generateKeyPairSync('ec', { namedCurve: 'secp256k1' }).publicKey), ['ES256']],
    ['of Ed448', jwkOf(generateKeyPairSync('ed448').publicKey), ['EdDSA']],
    ['of X25519', jwkOf(generateKeyPairSync('x25519').publicKey), ['EdDSA']],
    ['of an Ed25519 key that is too short', { ...EDDSA_KEY, x: 'AAAA' }, ['EdDSA']],
  ])('is refused: %s', (_what, jwk, allowed) => {
    expect(() => bind(jwk, allowed)).toThrow(KeyRefusedError)
  })

  it.each<[string, Jwk, string]>([
    ['HS256', { ...HS256_KEY, use: 'sig', key_ops: ['sign', 'verify'], alg: 'HS256' }, 'HS256'],
    ['RS256', jwkOf(rsa.publicKey, { use: 'sig', key_ops: ['verify'], alg: 'RS256' }), 'RS256'],
    ['ES256', jwkOf(ec.publicKey), 'ES256'],
    ['EdDSA', jwkOf(ed.publicKey, { kid: 'k1' }), 'EdDSA'],
  ])('is used where its members allow that: %s', (_what, jwk, algorithm) => {
    expect(bind(jwk, ['RS256', 'ES256', 'EdDSA', 'HS256'])).toMatchObject({ algorithm })
  })

  it('signs only if it is private and allowed to sign', () => {
    expect(bind({ ...ES256_KEY, key_ops: ['sign'] }, ['ES256'], 'sign')).toMatchObject({ algorithm: 'ES256' })
    expect(() => bind({ ...ES256_KEY, key_ops: ['verify'] }, ['ES256'], 'sign')).toThrow(KeyRefusedError)
    expect(() => bind(jwkOf(ec.publicKey), ['ES256'], 'sign')).toThrow('The JWK holds no private key')
  })
})

describe('a weak or unsupported key', () => {
  it('is RSA under 2048 bits', () => {
    const small = generateKeyPairSync('rsa', { modulusLength: 2040 })
    for (const key of [
      small.publicKey,
      jwkOf(small.publicKey),
      small.publicKey.export({ format: 'pem', type: 'spki' }),
    ]) {
      expect(() => bind(key, ['RS256'])).toThrow('The RSA key has 2040 bits; 2048 are the least')
    }
    expect(() => bind(small.privateKey, ['RS256'], 'sign')).toThrow(KeyRefusedError)
  })

  it('is RSA that reaches its length by leading zeros', () => {
    const small = jwkOf(generateKeyPairSync('rsa', { modulusLength: 1024 }).publicKey)
    const n = Buffer.concat([Buffer.alloc(128), Buffer.from(String(small.n), 'base64url')]).toString('base64url')
    expect(() => bind({ ...small, n }, ['RS256'])).toThrow('The RSA key has 1024 bits')
  })

  it.each([
    ['1', 'AQ'],
    ['2', 'Ag'],
    ['65536', 'AQAA'],
  ])('is RSA with the exponent %s', (_exponent, e) => {
    expect(() => bind({ kty: 'RSA', n: String(RS256_KEY.n), e }, ['RS256'])).toThrow(KeyRefusedError)
  })

  it('is a key for RSA-PSS', () => {
    const { publicKey } = generateKeyPairSync('rsa-pss', { modulusLength: 2048 })
    expect(() => bind(publicKey, ['RS256'])).toThrow('A key of type rsa-pss is not supported')
  })

  it.each([
    '0000000000000000000000000000000000000000000000000000000000000000',
    '0000000000000000000000000000000000000000000000000000000000000080',
    '0100000000000000000000000000000000000000000000000000000000000000',
    '0100000000000000000000000000000000000000000000000000000000000080',
    '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05',
    '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85',
    'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a',
    'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa',
    'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
    'edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
    'eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff',
  ])('is an Ed25519 point of small order: %s', (point) => {
    const jwk = { kty: 'OKP', crv: 'Ed25519', x: Buffer.from(point, 'hex').toString('base64url') }
    expect(() => bind(jwk, ['EdDSA'])).toThrow('a point of small order')
    expect(() => bind(createPublicKey({ key: jwk, format: 'jwk' }), ['EdDSA'])).toThrow('a point of small order')
  })

  it.each([undefined, null, 7, true, [], {}, Symbol('key'), () => SECRET, new ArrayBuffer(32)])(
    'is anything that is not a key: %s',
    (input) => {
      expect(() => bind(input, ['HS256', 'RS256'])).toThrow(KeyRefusedError)
    },
  )

  it.each(['none', 'PS256', 'ES384', 'ES512', 'ES256K', 'RS512', 'dir', '__proto__', undefined])(
    'is any key for %s',
    (algorithm) => {
      for (const key of [SECRET, rsa.publicKey, RS256_KEY]) {
        expect(() => bind(key, [algorithm as string])).toThrow('is not one of HS256, HS384, HS512, RS256, ES256, EdDSA')
      }
    },
  )
})

describe('PEM', () => {
  it('is read with leading white space, and a certificate as its public key', () => {
    const pem = String(rsa.publicKey.export({ format: 'pem', type: 'spki' }))
    expect(bind(`\n  ${pem}`, ['RS256'])).toMatchObject({ algorithm: 'RS256' })
    expect(bind(Buffer.from(pem), ['RS256', 'HS256'])).toMatchObject({ algorithm: 'RS256' })
    expect(bind(CERTIFICATE, ['ES256'])).toMatchObject({ algorithm: 'ES256' })
  })

  it.each([
    ['what openssl prints of a key', 'Public-Key: (2048 bit)\nModulus:\n    00:a1:f8\nExponent: 65537 (0x10001)\n'],
    ['attributes of a bag', 'Bag Attributes\r\n    friendlyName: shop\r\nKey Attributes: <No Attributes>\r\n'],
    ['a byte-order mark', '\ufeff'],
    ['a comment on the same line', '# the key of the shop: '],
    [
      'parameters of their own',
      '-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----\nand then\n',
    ],
  ])('is read with text in front (RFC 7468 section 2): %s', (_what, text) => {
    for (const { pair, algorithm } of [
      { pair: rsa, algorithm: 'RS256' },
      { pair: ec, algorithm: 'ES256' },
    ]) {
      const publicPem = `${text}${pair.publicKey.export({ format: 'pem', type: 'spki' })}`
      const privatePem = `${text}${pair.privateKey.export({ format: 'pem', type: 'pkcs8' })}and after it`
      for (const pem of [publicPem, Buffer.from(publicPem)]) expect(bind(pem, [algorithm])).toMatchObject({ algorithm })
      for (const pem of [privatePem, Buffer.from(privatePem)]) {
        expect(bind(pem, [algorithm], 'sign')).toMatchObject({ algorithm })
      }
      expect(() => bind(privatePem, ['HS256'], 'sign')).toThrow('a key or a certificate')
    }
    expect(bind(`${text}${CERTIFICATE}`, ['ES256'])).toMatchObject({ algorithm: 'ES256' })
  })

  it('of a private key verifies with its public half', () => {
    const pem = ec.privateKey.export({ format: 'pem', type: 'pkcs8' })
    expect(bind(pem, ['ES256'])).toMatchObject({ key: { type: 'public' } })
    expect(bind(ec.privateKey, ['ES256'])).toMatchObject({ key: { type: 'public' } })
    expect(bind(pem, ['ES256'], 'sign')).toMatchObject({ key: { type: 'private' } })
  })

  it('is refused if it cannot be read or contains another kind of key', () => {
    const pem = String(ec.publicKey.export({ format: 'pem', type: 'spki' }))
    expect(() => bind(pem, ['RS256'])).toThrow('The key is for ES256 and cannot be used with RS256')
    expect(() => bind(pem, ['ES256'], 'sign')).toThrow('The PEM text holds no private key')
    expect(() => bind('-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----', ['ES256'])).toThrow(
      'The PEM text holds no public key',
    )
  })
})

describe('the error', () => {
  it('has a stable code and never contains the key', () => {
    const pem = rsa.privateKey.export({ format: 'pem', type: 'pkcs8' })
    for (const attempt of [() => bind(pem, ['HS256']), () => bind(pem, ['ES256']), () => bind(RS256_KEY, ['ES256'])]) {
      try {
        attempt()
        expect.unreachable()
      } catch (error) {
        expect(error).toBeInstanceOf(KeyRefusedError)
        expect(error).toMatchObject({ name: 'KeyRefusedError', code: 'key_refused' })
        expect(String((error as Error).stack)).not.toMatch(/PRIVATE KEY|Eq5xpGnN/)
      }
    }
  })
})
