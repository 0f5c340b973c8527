import { generateKeyPairSync, sign } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { CLAIMS, craftToken, HEADER, NOW, SECRET, verifierWith } from './craft-token.fixture.ts'
import { encodeBase64Url } from './jws/base64url.ts'
import { createTokenVerifier, type TokenVerifier } from './verifier.ts'

const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 })
const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const ed = generateKeyPairSync('ed25519')

const other = 'another secret for tests, known to everyone'
const everyKey = createTokenVerifier({
  keys: [
    { algorithm: 'HS256', secret: SECRET, keyId: 'hs' },
    { algorithm: 'RS256', publicKey: rsa.publicKey, keyId: 'rs' },
    { algorithm: 'ES256', publicKey: ec.publicKey, keyId: 'es' },
    { algorithm: 'EdDSA', publicKey: ed.publicKey, keyId: 'ed' },
  ],
})

function answerTo(token: string, verify: TokenVerifier = verifierWith()) {
  return verify(token, { now: NOW })
}

describe('the algorithm', () => {
  it.each(['none', 'None', 'NONE', 'nOnE', 'none ', '', 'null', '\0none'])('is never %j, signed or unsigned', (alg) => {
    const signed = craftToken(CLAIMS, { alg, typ: 'JWT' })
    const unsigned = signed.slice(0, signed.lastIndexOf('.') + 1)
    for (const verify of [verifierWith(), everyKey]) {
      expect(answerTo(signed, verify)).toMatchObject({ code: 'algorithm_refused', check: 'algorithm' })
      expect(answerTo(unsigned, verify)).toMatchObject({ code: 'algorithm_refused', check: 'algorithm' })
    }
  })

  it.each([
    'hs256',
    'HS-256',
    ' HS256',
    'HS256 ',
    'HS384',
    'HS512',
    'RS256',
    'PS256',
    'ES256',
    'EdDSA',
    'A128KW',
    'dir',
    'constructor',
    '__proto__',
    'toString',
  ])('is the one of the key, not %j, which the header names', (alg) => {
    expect(answerTo(craftToken(CLAIMS, { alg }))).toMatchObject({ code: 'algorithm_refused', check: 'algorithm' })
  })

  it('is not switched to HMAC with the public key as its secret', () => {
    const verify = createTokenVerifier({ keys: [{ algorithm: 'RS256', publicKey: rsa.publicKey }] })
    const pem = rsa.publicKey.export({ format: 'pem', type: 'spki' })
    const forged = craftToken(CLAIMS, HEADER, SECRET)
    expect(answerTo(forged, verify)).toMatchObject({ code: 'algorithm_refused' })
    expect(() => craftToken(CLAIMS, HEADER, pem)).toThrow('a key or a certificate')
  })

  it.each([
    ['RS256', rsa.privateKey, 'PS256'],
    ['RS256', rsa.privateKey, 'RS512'],
    ['ES256', ec.privateKey, 'ES384'],
    ['EdDSA', ed.privateKey, 'Ed25519'],
  ] as const)('is exactly %s where the key is for that', (algorithm, key, alg) => {
    expect(answerTo(craftToken(CLAIMS, { alg: algorithm }, key, algorithm), everyKey)).toMatchObject({ ok: true })
    expect(answerTo(craftToken(CLAIMS, { alg }, key, algorithm), everyKey)).toMatchObject({ code: 'algorithm_refused' })
  })

  it('is not RSA-PSS under the name of RS256', () => {
    const input = `${encodeBase64Url('{"alg":"RS256"}')}.${encodeBase64Url(JSON.stringify(CLAIMS))}`
    const pss = sign('sha256', Buffer.from(input), { key: rsa.privateKey, padding: 6, saltLength: 32 })
    expect(answerTo(`${input}.${encodeBase64Url(pss)}`, everyKey)).toMatchObject({ code: 'signature_invalid' })
  })
})

describe('the key', () => {
  it('is the one that kid names, and no other', () => {
    const verify = createTokenVerifier({
      keys: [
        { algorithm: 'HS256', secret: SECRET, keyId: 'k1' },
        { algorithm: 'HS256', secret: other, keyId: 'k2' },
      ],
    })
    expect(answerTo(craftToken(CLAIMS, { ...HEADER, kid: 'k1' }, SECRET), verify)).toMatchObject({
      ok: true,
      keyId: 'k1',
    })
    expect(answerTo(craftToken(CLAIMS, { ...HEADER, kid: 'k2' }, other), verify)).toMatchObject({
      ok: true,
      keyId: 'k2',
    })
    expect(answerTo(craftToken(CLAIMS, { ...HEADER, kid: 'k2' }, SECRET), verify)).toMatchObject({
      code: 'signature_invalid',
    })
  })

  it('can be any key of the algorithm if there is no kid, so that secrets can be rotated', () => {
    const verify = createTokenVerifier({
      keys: [
        { algorithm: 'RS256', publicKey: rsa.publicKey },
        { algorithm: 'HS256', secret: other, keyId: 'old' },
        { algorithm: 'HS256', secret: SECRET, keyId: 'new' },
      ],
    })
    expect(answerTo(craftToken(CLAIMS), verify)).toMatchObject({ ok: true, keyId: 'new' })
    expect(answerTo(craftToken(CLAIMS, HEADER, other), verify)).toMatchObject({ ok: true, keyId: 'old' })
    expect(answerTo(craftToken(CLAIMS, HEADER, `${SECRET}!`), verify)).toMatchObject({ code: 'signature_invalid' })
  })

  it.each([
    ['a path', '../../../../dev/null'],
    ['SQL', "k1' UNION SELECT ''--"],
    ['a shell', '|whoami'],
    ['a URL', 'https://example.com/key'],
    ['__proto__', '__proto__'],
    ['constructor', 'constructor'],
    ['nothing', ''],
    ['another case', 'HS'],
    ['a space too many', 'hs '],
    ['the index of a key', '0'],
    ['undefined', 'undefined'],
    ['5,000 characters', 'k'.repeat(5_000)],
  ])('is unknown, never empty, where kid is %s', (_what, kid) => {
    for (const secret of [SECRET, '\0', kid || 'x']) {
      const token = craftToken(CLAIMS, { ...HEADER, kid }, secret)
      expect(answerTo(token, everyKey)).toMatchObject({ code: 'key_unknown', check: 'key', authentic: false })
    }
  })

  it('is never used with the algorithm of another key', () => {
    const token = craftToken(CLAIMS, { alg: 'HS256', kid: 'rs' })
    expect(answerTo(token, everyKey)).toMatchObject({ code: 'algorithm_refused' })
  })

  it('is unknown if there are no keys', () => {
    expect(answerTo(craftToken(CLAIMS), createTokenVerifier({ keys: [] }))).toMatchObject({ code: 'key_unknown' })
  })

  it('cannot have the same name as another key of its kind', () => {
    const key = { algorithm: 'HS256', secret: SECRET, keyId: 'k1' } as const
    expect(() => createTokenVerifier({ keys: [key, key] })).toThrow('Two keys have the same keyId')
  })

  it('can share its name with a key of another kind, and the algorithm decides (RFC 7517 section 4.5)', () => {
    const verify = createTokenVerifier({
      keys: [
        { algorithm: 'RS256', publicKey: rsa.publicKey, keyId: 'k' },
        { algorithm: 'ES256', publicKey: ec.publicKey, keyId: 'k' },
      ],
    })
    const header = { kid: 'k', typ: 'JWT' }
    const ok = { ok: true, keyId: 'k' }
    expect(answerTo(craftToken(CLAIMS, { ...header, alg: 'RS256' }, rsa.privateKey, 'RS256'), verify)).toMatchObject(ok)
    expect(answerTo(craftToken(CLAIMS, { ...header, alg: 'ES256' }, ec.privateKey, 'ES256'), verify)).toMatchObject(ok)
    const mixed = craftToken(CLAIMS, { ...header, alg: 'ES256' }, ed.privateKey, 'EdDSA')
    expect(answerTo(mixed, verify)).toMatchObject({ code: 'signature_invalid' })
    const none = craftToken(CLAIMS, { ...header, alg: 'EdDSA' }, ed.privateKey, 'EdDSA')
    expect(answerTo(none, verify)).toMatchObject({ code: 'algorithm_refused' })
  })
})

describe('the signature', () => {
  it('is checked before the claims: a token that is forged and expired is reported as forged', () => {
    const expired = { ...CLAIMS, iat: NOW - 200, exp: NOW - 100 }
    expect(answerTo(craftToken(expired, HEADER, other))).toMatchObject({ code: 'signature_invalid', authentic: false })
    expect(answerTo(craftToken(expired))).toMatchObject({ code: 'token_expired', authentic: true })
    expect(answerTo(craftToken('no JSON', HEADER, other))).toMatchObject({ code: 'signature_invalid' })
  })

  it('covers the header', () => {
    const token = craftToken(CLAIMS, { alg: 'HS256' })
    const [, payload, signature] = token.split('.')
    expect(answerTo(`${encodeBase64Url('{"typ":"JWT","alg":"HS256"}')}.${payload}.${signature}`)).toMatchObject({
      code: 'signature_invalid',
    })
  })

  it('covers the payload', () => {
    const [header, , signature] = craftToken(CLAIMS).split('.')
    const mallory = { ...CLAIMS, grants: { apiRTC_UserAgent_Id: 'mallory' } }
    expect(answerTo(`${header}.${encodeBase64Url(JSON.stringify(mallory))}.${signature}`)).toMatchObject({
      code: 'signature_invalid',
    })
  })

  it('is refused without quoting the token', () => {
    const { message } = answerTo(craftToken({ ...CLAIMS, sub: 7, aud: 'SPOKEN' }, HEADER)) as { message: string }
    expect(message).toBe('"sub" is not a string of 1 to 256 characters')
    for (const header of [{ alg: 'SPOKEN' }, { ...HEADER, kid: 'SPOKEN' }, { ...HEADER, typ: 'SPOKEN' }]) {
      expect(JSON.stringify(answerTo(craftToken(CLAIMS, header), everyKey))).not.toContain('SPOKEN')
    }
  })
})
