import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { AccessToken } from './access-token.ts'
import type { AccessTokenOptions } from './access-token-options.ts'
import { ANY_USER_AGENT, PUBLICATIONS, ROLES } from './claims.ts'
import { CLAIMS, craftToken, HEADER, NOW, SECRET, verifierWith } from './craft-token.fixture.ts'
import { EDDSA_KEY, ES256_KEY, RS256_KEY } from './jws/rfc-examples.fixture.ts'
import { CHECKS } from './refusal.ts'
import { createTokenVerifier } from './verifier.ts'

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
const verify = verifierWith()

const name = fc.string({ unit: 'binary', minLength: 1, maxLength: 40 }).filter((text) => text !== ANY_USER_AGENT)
const conversation = fc.record({
  name,
  role: fc.constantFrom(...ROLES),
  publish: fc.uniqueArray(fc.constantFrom(...PUBLICATIONS)),
  subscribe: fc.boolean(),
})
const options = fc.record(
  {
    ttl: fc.integer({ min: 1, max: 86_400 }),
    keyId: name,
    conversations: fc.array(conversation, { maxLength: 5 }),
    userData: fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 3 }), { maxKeys: 5, noNullPrototype: true }),
  },
  { requiredKeys: [] },
)

describe('for any API key, secret, user and options', () => {
  it('a minted token is accepted and contains what was requested', () => {
    fc.assert(
      fc.property(name, fc.string({ unit: 'binary', minLength: 32 }), name, options, (apiKey, secret, id, chosen) => {
        fc.pre(JSON.stringify(chosen).length < 1_500)
        const wanted: AccessTokenOptions = { ...chosen, apiRTC_UserAgent_Id: id }
        const token = new AccessToken(apiKey, secret, wanted).toJwt()
        const [key] = [{ algorithm: 'HS256' as const, secret }]
        const verification = createTokenVerifier({ keys: [key], apiKey })(token, { userId: id })
        if (chosen.keyId === undefined) {
          expect(verification).toMatchObject({ ok: true, claims: { sub: apiKey } })
        } else {
          expect(verification).toMatchObject({ code: 'key_unknown' })
        }
        const named = { ...key, ...(chosen.keyId !== undefined && { keyId: chosen.keyId }) }
        const answer = createTokenVerifier({ keys: [named], apiKey })(token, { userId: id })
        const grants = { apiRTC_UserAgent_Id: id, conversations: chosen.conversations, userData: chosen.userData }
        expect(answer.ok && JSON.stringify(answer.claims.grants)).toBe(JSON.stringify(grants))
        expect(answer.ok && answer.claims.exp - answer.claims.iat).toBe(chosen.ttl ?? 3_600)
      }),
      { numRuns: 300 },
    )
  })
})

describe('a token with one character changed', () => {
  const samples = [
    ['HS256', craftToken(CLAIMS), verify],
    ...(
      [
        ['RS256', RS256_KEY],
        ['ES256', ES256_KEY],
        ['EdDSA', EDDSA_KEY],
      ] as const
    ).map(
      ([algorithm, key]) =>
        [
          algorithm,
          craftToken(CLAIMS, { alg: algorithm }, key, algorithm),
          createTokenVerifier({ keys: [{ algorithm, publicKey: key }] }),
        ] as const,
    ),
  ] as const

  it.each(samples)('is refused, wherever the character is: %s', (_algorithm, token, check) => {
    expect(check(token, { now: NOW })).toMatchObject({ ok: true })
    for (let at = 0; at < token.length; at++) {
      const instead = ALPHABET[(ALPHABET.indexOf(token.charAt(at)) + 1 + (at % 63)) % 64]
      for (const letter of new Set([instead, '=', '.', '\u0141', ''])) {
        const changed = token.slice(0, at) + letter + token.slice(at + 1)
        if (changed !== token) expect(check(changed, { now: NOW }).ok).toBe(false)
      }
    }
  })

  it('is refused for any Unicode character', () => {
    const [, token] = samples[0]
    const places = fc.integer({ min: 0, max: token.length - 1 })
    fc.assert(
      fc.property(places, fc.string({ unit: 'binary', maxLength: 2 }), (at, instead) => {
        fc.pre(instead !== token.charAt(at))
        expect(verify(token.slice(0, at) + instead + token.slice(at + 1), { now: NOW }).ok).toBe(false)
      }),
      { numRuns: 2_000 },
    )
  })

  it('is refused with any additional byte', () => {
    const [, token] = samples[0]
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: token.length }),
        fc.string({ unit: 'binary', minLength: 1 }),
        (at, more) => {
          expect(verify(token.slice(0, at) + more + token.slice(at), { now: NOW }).ok).toBe(false)
        },
      ),
      { numRuns: 1_000 },
    )
  })
})

describe('a verifier', () => {
  it('never throws and never accepts random input', () => {
    fc.assert(
      fc.property(fc.oneof(fc.anything(), fc.string({ unit: 'binary' })), (candidate) => {
        const verification = verify(candidate, { now: NOW })
        expect(verification.ok).toBe(false)
        expect(verify.explain(candidate, { now: NOW })).toMatchObject(verification)
      }),
      { numRuns: 2_000 },
    )
  })

  it('never throws on three parts of any kind, signed by the key or not', () => {
    const part = fc.oneof(
      fc.json(),
      fc.uint8Array().map((bytes) => Buffer.from(bytes)),
    )
    fc.assert(
      fc.property(part, part, fc.boolean(), (payload, header, knownHeader) => {
        const verification = verify(craftToken(payload, knownHeader ? HEADER : header), { now: NOW })
        expect(verification.ok).toBe(false)
      }),
      { numRuns: 1_000 },
    )
  })

  it('never throws on claims of any type, and accepts none of the wrong type', () => {
    const value = fc.jsonValue({ maxDepth: 2 })
    const claim = fc.constantFrom('sub', 'iat', 'exp', 'nbf', 'jti', 'grants')
    fc.assert(
      fc.property(claim, value, (at, odd) => {
        const verification = verify(craftToken({ ...CLAIMS, [at]: odd }), { now: NOW })
        const isRight = typeof odd === typeof (at === 'nbf' ? CLAIMS.exp : CLAIMS[at as keyof typeof CLAIMS])
        if (!isRight || odd === null || Array.isArray(odd)) {
          expect(verification).toMatchObject({ ok: false, code: 'token_malformed', check: 'claims' })
        }
        if (!verification.ok) expect(CHECKS).toContain(verification.check)
      }),
      { numRuns: 1_000 },
    )
  })

  it('compares secrets by their bytes only', () => {
    expect(
      createTokenVerifier({ keys: [{ algorithm: 'HS256', secret: Buffer.from(SECRET) }] })(craftToken(CLAIMS), {
        now: NOW,
      }).ok,
    ).toBe(true)
  })
})
