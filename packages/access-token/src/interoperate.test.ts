import { generateKeyPairSync } from 'node:crypto'
import * as jose from 'jose'
import jsonwebtoken from 'jsonwebtoken'
import { describe, expect, it } from 'vitest'
import { AccessToken } from './access-token.ts'
import { CLAIMS, NOW, SECRET } from './craft-token.fixture.ts'
import { signCompact, verifyCompact } from './jws/index.ts'
import { createTokenVerifier, type TokenVerifier } from './verifier.ts'

const LONG_SECRET = SECRET.repeat(2)
const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 })
const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const ed = generateKeyPairSync('ed25519')
const bytes = Buffer.from(LONG_SECRET)

// The private and the public key by algorithm; our code gets the secret as a string.
const SHARED = [
  ['HS256', LONG_SECRET, bytes, bytes],
  ['HS384', LONG_SECRET, bytes, bytes],
  ['HS512', LONG_SECRET, bytes, bytes],
  ['RS256', rsa.privateKey, rsa.privateKey, rsa.publicKey],
  ['ES256', ec.privateKey, ec.privateKey, ec.publicKey],
  ['EdDSA', ed.privateKey, ed.privateKey, ed.publicKey],
] as const

const WITH_JSONWEBTOKEN = SHARED.filter(([algorithm]) => algorithm !== 'EdDSA')

function verifierOf(algorithm: (typeof SHARED)[number][0], publicKey: (typeof SHARED)[number][3]): TokenVerifier {
  return createTokenVerifier({ keys: [{ algorithm, publicKey, keyId: 'k1' }] })
}

function mint(algorithm: (typeof SHARED)[number][0], key: (typeof SHARED)[number][1]): string {
  return new AccessToken('an-api-key', key, { algorithm, apiRTC_UserAgent_Id: 'alice', keyId: 'k1', ttl: 60 }).toJwt()
}

describe.each(SHARED)('%s', (algorithm, key, privateKey, publicKey) => {
  it('of ours is accepted by jose', async () => {
    const options = { algorithms: [algorithm], audience: 'apiRTC', subject: 'an-api-key', typ: 'JWT', maxTokenAge: 60 }
    const { payload, protectedHeader } = await jose.jwtVerify(mint(algorithm, key), publicKey, options)
    expect(payload).toMatchObject({ grants: { apiRTC_UserAgent_Id: 'alice' } })
    expect(protectedHeader).toEqual({ alg: algorithm, typ: 'JWT', kid: 'k1' })
  })

  it('of jose is accepted by ours', async () => {
    const header = { alg: algorithm, typ: 'JWT', kid: 'k1' }
    const token = await new jose.SignJWT(CLAIMS).setProtectedHeader(header).sign(privateKey)
    expect(verifierOf(algorithm, publicKey)(token, { now: NOW })).toMatchObject({
      ok: true,
      claims: CLAIMS,
      keyId: 'k1',
    })
  })

  it('on any bytes, both ways with jose', async () => {
    for (const payload of [Buffer.alloc(0), Buffer.from([0, 0xff, 0x2e])]) {
      const ours = signCompact(payload, key, { alg: algorithm })
      expect(Buffer.from((await jose.compactVerify(ours, publicKey)).payload)).toEqual(payload)
      const theirs = await new jose.CompactSign(payload).setProtectedHeader({ alg: algorithm }).sign(privateKey)
      const verification = verifyCompact(theirs, publicKey, { algorithms: [algorithm] })
      expect(verification.ok && Buffer.compare(verification.payload, payload)).toBe(0)
    }
  })
})

describe.each(WITH_JSONWEBTOKEN)('%s', (algorithm, key, privateKey, publicKey) => {
  const shared = algorithm as jsonwebtoken.Algorithm

  it('of ours is accepted by jsonwebtoken', () => {
    const options = { algorithms: [shared], audience: 'apiRTC', subject: 'an-api-key' }
    expect(jsonwebtoken.verify(mint(algorithm, key), publicKey, options)).toMatchObject({
      grants: { apiRTC_UserAgent_Id: 'alice' },
    })
  })

  it('of jsonwebtoken is accepted by ours', () => {
    const token = jsonwebtoken.sign(CLAIMS, privateKey, { algorithm: shared, keyid: 'k1' })
    expect(verifierOf(algorithm, publicKey)(token, { now: NOW })).toMatchObject({ ok: true, claims: CLAIMS })
  })
})

describe('HS256', () => {
  it('of ours equals that of jsonwebtoken byte for byte', () => {
    const token = new AccessToken('an-api-key', SECRET, { apiRTC_UserAgent_Id: 'alice' }).toJwt()
    const claims = jsonwebtoken.decode(token) as jsonwebtoken.JwtPayload
    expect(jsonwebtoken.sign(claims, SECRET)).toBe(token)
  })

  it('of jsonwebtoken, minted as the samples of ApiRTC do, is accepted by ours', () => {
    const token = jsonwebtoken.sign({ grants: { apiRTC_UserAgent_Id: 'alice' } }, SECRET, {
      algorithm: 'HS256',
      audience: 'apiRTC',
      subject: 'an-api-key',
      expiresIn: 3_600,
      jwtid: CLAIMS.jti,
    })
    const verify = createTokenVerifier({ keys: [{ algorithm: 'HS256', secret: SECRET }], apiKey: 'an-api-key' })
    expect(verify(token, { userId: 'alice' })).toMatchObject({ ok: true })
  })
})
