import { createHmac, generateKeyPairSync } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import DefaultAccessToken, { AccessToken, type AccessTokenOptions, ANY_USER_AGENT } from './index.ts'
import { inspectToken } from './inspect-token.ts'
import { createTokenVerifier } from './verifier.ts'

const API_KEY = 'an-api-key'
const SECRET = 'a secret for tests, which everyone may read'
const NOW = 1_800_000_000
const UUID_V4 = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/

function mint(options: object = {}): string {
  return new AccessToken(API_KEY, SECRET, options as AccessTokenOptions).toJwt()
}

function payloadOf(token: string) {
  const inspection = inspectToken(token)
  if (!inspection.ok) throw new Error(inspection.reason)
  return inspection.payload
}

beforeEach(() => {
  vi.useFakeTimers({ now: NOW * 1000 + 999 })
})

afterEach(() => {
  vi.useRealTimers()
})

describe('a minted token', () => {
  it('consists byte for byte of the expected parts', () => {
    const [header, payload, signature] = mint({ apiRTC_UserAgent_Id: 'alice' }).split('.')
    const text = Buffer.from(String(payload), 'base64url').toString()
    const { jti } = JSON.parse(text)
    expect(Buffer.from(String(header), 'base64url').toString()).toBe('{"alg":"HS256","typ":"JWT"}')
    expect(text).toBe(
      `{"grants":{"apiRTC_UserAgent_Id":"alice"},"sub":"an-api-key","aud":"apiRTC","iat":${NOW},"exp":${NOW + 3600},"jti":"${jti}"}`,
    )
    expect(signature).toBe(createHmac('sha256', SECRET).update(`${header}.${payload}`).digest('base64url'))
  })

  it('is valid for one hour unless ttl is set, in whole seconds', () => {
    expect(payloadOf(mint())).toMatchObject({ iat: NOW, exp: NOW + 3_600 })
    expect(payloadOf(mint({ ttl: 1 }))).toMatchObject({ iat: NOW, exp: NOW + 1 })
    expect(payloadOf(mint({ ttl: 86_400 }))).toMatchObject({ iat: NOW, exp: NOW + 86_400 })
  })

  it('has a unique UUID v4, even if one AccessToken mints several', () => {
    const token = new AccessToken(API_KEY, SECRET)
    const names = [token.toJwt(), token.toJwt(), mint()].map((jwt) => payloadOf(jwt).jti)
    expect(new Set(names).size).toBe(3)
    for (const name of names) expect(name).toMatch(UUID_V4)
  })

  it('contains the given options', () => {
    const conversations = [{ name: 'room-*', role: 'guest', publish: ['audio'], subscribe: true }]
    const userData = { displayName: 'Alice "the" élève' }
    const subjectTokenHash = 'aZ_-09'
    const token = mint({
      audience: 'elsewhere',
      notBefore: NOW + 5,
      keyId: 'k1',
      conversations,
      userData,
      subjectTokenHash,
    })
    expect(inspectToken(token)).toEqual({
      ok: true,
      header: { alg: 'HS256', typ: 'JWT', kid: 'k1' },
      payload: {
        grants: { conversations, userData },
        sub: API_KEY,
        aud: 'elsewhere',
        nbf: NOW + 5,
        subject_token_hash: subjectTokenHash,
        iat: NOW,
        exp: NOW + 3_600,
        jti: expect.stringMatching(UUID_V4),
      },
    })
  })

  it('contains what was checked, even if the given objects change later', () => {
    const userData: Record<string, unknown> = { displayName: 'Alice' }
    const token = new AccessToken(API_KEY, SECRET, { userData })
    userData.displayName = 'x'.repeat(9_000)
    expect(payloadOf(token.toJwt()).grants).toEqual({ userData: { displayName: 'Alice' } })
  })

  it('uses the UTF-8 bytes of the secret, never decoded from base64 or hex', () => {
    for (const secret of ['0123456789abcdef'.repeat(4), `${'QUJD'.repeat(16)}==`, `ключ"'\\ ${'é'.repeat(30)}`]) {
      const [header, payload, signature] = new AccessToken(API_KEY, secret).toJwt().split('.')
      expect(signature).toBe(
        createHmac('sha256', Buffer.from(secret)).update(`${header}.${payload}`).digest('base64url'),
      )
    }
  })

  it('never mixes up the secrets of two AccessTokens', () => {
    const other = `${SECRET}!`
    const [first, second] = [new AccessToken(API_KEY, SECRET), new AccessToken(API_KEY, other)]
    const verify = createTokenVerifier({ keys: [{ algorithm: 'HS256', secret: SECRET }] })
    expect(verify(first.toJwt())).toMatchObject({ code: 'user_id_mismatch' })
    expect(verify(second.toJwt())).toMatchObject({ code: 'signature_invalid' })
    expect(verify(new AccessToken(API_KEY, SECRET).toJwt())).toMatchObject({ code: 'user_id_mismatch' })
  })

  it('uses the current secret bytes if they changed between two AccessTokens', () => {
    const secret = Buffer.from(SECRET)
    const before = new AccessToken(API_KEY, secret).toJwt()
    secret.fill('x')
    const after = new AccessToken(API_KEY, secret).toJwt()
    const verify = createTokenVerifier({ keys: [{ algorithm: 'HS256', secret: SECRET }] })
    expect(verify(before)).toMatchObject({ code: 'user_id_mismatch' })
    expect(verify(after)).toMatchObject({ code: 'signature_invalid' })
  })

  it.each([
    ['RS256', generateKeyPairSync('rsa', { modulusLength: 2048 })],
    ['ES256', generateKeyPairSync('ec', { namedCurve: 'P-256' })],
    ['EdDSA', generateKeyPairSync('ed25519')],
  ] as const)('is signed with a private key in every form: %s', (algorithm, { privateKey, publicKey }) => {
    const verify = createTokenVerifier({ keys: [{ algorithm, publicKey }] })
    const jwk = privateKey.export({ format: 'jwk' })
    const forms = [privateKey, privateKey.export({ format: 'pem', type: 'pkcs8' }), { ...jwk, kty: String(jwk.kty) }]
    for (const form of forms) {
      const options = { algorithm, apiRTC_UserAgent_Id: 'alice' }
      expect(verify(new AccessToken(API_KEY, form, options).toJwt(), { now: NOW })).toMatchObject({ ok: true })
    }
  })

  it.each(['HS384', 'HS512'] as const)('is signed with %s on request', (algorithm) => {
    const verify = createTokenVerifier({ keys: [{ algorithm, secret: SECRET }] })
    expect(verify(mint({ algorithm, apiRTC_UserAgent_Id: 'alice' }), { now: NOW })).toMatchObject({ ok: true })
  })
})

describe('the class', () => {
  it('is the default and a named export, and exposes its algorithm', () => {
    expect(DefaultAccessToken).toBe(AccessToken)
    expect(AccessToken.ALGORITHM).toBe('HS256')
    expect(ANY_USER_AGENT).toBe('ApiKey_Token')
  })

  it('requires an API key and a secret', () => {
    expect(() => new AccessToken('', SECRET)).toThrow(new Error('apiKey is required'))
    expect(() => new AccessToken(undefined as unknown as string, SECRET)).toThrow(new Error('apiKey is required'))
    expect(() => new AccessToken(API_KEY, '')).toThrow(new Error('secret is required'))
    expect(() => new AccessToken(API_KEY, undefined as unknown as string)).toThrow(new Error('secret is required'))
  })

  it.each([0, -1, 0.5, 3600.5, 86_401, Number.NaN, Infinity, -Infinity])('refuses a ttl of %s', (ttl) => {
    expect(() => mint({ ttl })).toThrow(RangeError)
    expect(() => mint({ ttl })).toThrow(`given was ${ttl}`)
  })

  it.each([
    ['a string', '3600', "'3600' (string): write 3600, or '3600s'"],
    ['a string of too much', '86401', "'86401' (string): write 600, '600s', '10m' or '1h'"],
    ['a length of nothing', '0m', "'0m' (string): write 600, '600s', '10m' or '1h'"],
    ['a length of more than a day', '25h', "'25h' (string): write 600, '600s', '10m' or '1h'"],
    ['a length in days', '1d', "'1d' (string): write 600, '600s', '10m' or '1h'"],
    ['a length with a space', '10 m', "'10 m' (string): write 600, '600s', '10m' or '1h'"],
    ['a length with a part', '1.5h', "'1.5h' (string): write 600, '600s', '10m' or '1h'"],
    ['a length of a member of all objects', 'constructor', "'constructor' (string): write 600, '600s', '10m' or '1h'"],
    ['null', null, 'null (object)'],
    ['a bigint', 3600n, '3600n (bigint)'],
    ['true', true, 'true (boolean)'],
    ['an array', [3600], '[ 3600 ] (object)'],
    ['a symbol', Symbol('ttl'), 'Symbol(ttl) (symbol)'],
  ])('refuses a ttl that is %s', (_what, ttl, given) => {
    expect(() => mint({ ttl })).toThrow(
      new RangeError(`ttl is a whole number of seconds from 1 to 86400; given was ${given}`),
    )
  })

  it.each([
    ['1s', 1],
    ['90s', 90],
    ['86400s', 86_400],
    ['10m', 600],
    ['1440m', 86_400],
    ['24h', 86_400],
  ])('takes a ttl of %s', (ttl, seconds) => {
    expect(payloadOf(mint({ ttl }))).toMatchObject({ iat: NOW, exp: NOW + seconds })
  })

  it.each<[string, unknown[], string]>([
    [
      'a secret where the options belong',
      ['key-sid', 'canary', { apiRTC_UserAgent_Id: 'alice' }],
      'given was a string',
    ],
    ['null', [SECRET, null], 'given was null'],
    ['a list', [SECRET, []], 'given was an array'],
    ['a function', [SECRET, () => ({})], 'given was a function'],
  ])('refuses options that are %s, and says what the arguments are', (_what, given, message) => {
    const make = () => new AccessToken(API_KEY, ...(given as [string, AccessTokenOptions]))
    expect(make).toThrow(TypeError)
    expect(make).toThrow(message)
    expect(make).toThrow('The arguments are (apiKey, secret, options)')
    expect(make).not.toThrow('canary')
  })

  it.each([
    ['identity', 'the user id is "apiRTC_UserAgent_Id"'],
    ['userId', 'the user id is "apiRTC_UserAgent_Id"'],
    ['subject', 'the subject of a token is the API key'],
    ['expiresIn', 'the lifetime is "ttl"'],
    ['keyid', 'the id of the key is "keyId"'],
    ['toString', 'the options are apiRTC_UserAgent_Id, ttl, audience'],
    ['TTL', 'the options are apiRTC_UserAgent_Id, ttl, audience'],
  ])('refuses the option "%s" that it does not know, and says what is meant', (name, message) => {
    expect(() => mint({ [name]: 'canary' })).toThrow(message)
    expect(() => mint({ [name]: 'canary' })).toThrow(TypeError)
    expect(() => mint({ [name]: undefined })).toThrow(`There is no option "${name}"`)
    expect(() => mint({ [name]: 'canary' })).not.toThrow('canary')
  })

  it.each([
    'apiRTC_UserAgent_Id',
    'ttl',
    'audience',
    'notBefore',
    'keyId',
    'algorithm',
    'conversations',
    'userData',
    'subjectTokenHash',
  ])('refuses null as the option %s', (name) => {
    expect(() => mint({ [name]: null })).toThrow(
      name === 'audience' ? 'aud' : name === 'notBefore' ? 'nbf' : /ttl|null|is not/,
    )
  })

  it('accepts the options of the reference class', () => {
    const token = mint({ apiRTC_UserAgent_Id: 'alice', ttl: 600, audience: 'apiRTC' })
    expect(payloadOf(token)).toMatchObject({ grants: { apiRTC_UserAgent_Id: 'alice' }, exp: NOW + 600, aud: 'apiRTC' })
  })

  it('explains if a ttl looks like milliseconds', () => {
    expect(() => mint({ ttl: 3_600_000 })).toThrow('given was 3600000, which looks like milliseconds: 3600 seconds?')
    expect(() => mint({ ttl: 86_400_000 })).toThrow('86400 seconds?')
    expect(() => mint({ ttl: 90_001 })).not.toThrow('milliseconds')
    expect(() => mint({ ttl: 86_401_000 })).not.toThrow('milliseconds')
  })

  it.each([
    ['a user id that is empty', { apiRTC_UserAgent_Id: '' }],
    ['a user id that is a number', { apiRTC_UserAgent_Id: 7 }],
    ['a user id of 257 characters', { apiRTC_UserAgent_Id: 'x'.repeat(257) }],
    ['a user id with half a surrogate pair', { apiRTC_UserAgent_Id: 'alice\ud83d' }],
    ['an audience that is a number', { audience: 7 }],
    ['a notBefore that is a string', { notBefore: '1800000000' }],
    ['a notBefore that is no number', { notBefore: Number.NaN }],
    ['a subjectTokenHash of 257 characters', { subjectTokenHash: 'x'.repeat(257) }],
    ['a subjectTokenHash that is empty', { subjectTokenHash: '' }],
    ['a subjectTokenHash that is no base64url', { subjectTokenHash: 'a\0' }],
    ['a subjectTokenHash that is a number', { apiRTC_UserAgent_Id: 'alice', subjectTokenHash: 7 }],
    ['a keyId that is a number', { keyId: 7 }],
    ['a keyId that is empty', { keyId: '' }],
    ['conversations that are no list', { conversations: {} }],
    ['a conversation without a role', { conversations: [{ name: 'a', publish: [], subscribe: true }] }],
    ['user data that is a string', { userData: 'Alice' }],
    ['user data that is written as a string', { userData: new Date(0) }],
    ['user data of more than 4,096 bytes', { userData: { displayName: 'é'.repeat(2_048) } }],
    ['user data too deep to read', { userData: nest(31) }],
    ['user data with a bigint', { userData: { age: 7n } }],
  ])('refuses to mint %s, which the platform would refuse', (_what, options) => {
    expect(() => mint(options)).toThrow(TypeError)
  })

  it('mints user data of exactly 4,096 bytes, nested as deep as can be read', () => {
    const displayName = 'x'.repeat(4_096 - '{"displayName":""}'.length)
    const verify = createTokenVerifier({ keys: [{ algorithm: 'HS256', secret: SECRET }] })
    for (const userData of [{ displayName }, nest(30)]) {
      expect(verify(mint({ apiRTC_UserAgent_Id: 'alice', userData }))).toMatchObject({ ok: true })
    }
  })

  it('refuses to mint a token that is longer than the platform accepts', () => {
    const conversation = { name: 'a room', role: 'guest', publish: ['audio', 'video'], subscribe: true }
    expect(() => mint({ conversations: Array(80).fill(conversation) })).toThrow(RangeError)
    expect(mint({ conversations: Array(60).fill(conversation) }).length).toBeLessThanOrEqual(8_192)
  })

  it('refuses keys that do not fit the algorithm', () => {
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    const pem = publicKey.export({ format: 'pem', type: 'spki' })
    expect(() => new AccessToken(API_KEY, pem)).toThrow('a key or a certificate')
    expect(() => new AccessToken(API_KEY, publicKey, { algorithm: 'ES256' })).toThrow('Signing needs the private key')
    expect(() => new AccessToken(API_KEY, privateKey, { algorithm: 'RS256' })).toThrow('The key is for ES256')
    expect(() => new AccessToken(API_KEY, SECRET, { algorithm: 'EdDSA' })).toThrow('A secret cannot be used with EdDSA')
    expect(() => mint({ algorithm: 'none' })).toThrow('"none" is not one of')
  })
})

function nest(levels: number): object {
  return levels === 1 ? {} : { deeper: nest(levels - 1) }
}
