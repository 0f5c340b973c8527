import { describe, expect, it } from 'vitest'
import { AccessToken } from './access-token.ts'
import { ANY_USER_AGENT, MAX_TTL_SECONDS } from './claims.ts'
import { CLAIMS, NOW, SECRET, verifierWith, verifyClaims } from './craft-token.fixture.ts'
import { createTokenVerifier } from './verifier.ts'

describe('the API key', () => {
  it('can be any, unless the verifier expects one', () => {
    expect(verifyClaims(CLAIMS)).toMatchObject({ ok: true })
    expect(verifyClaims(CLAIMS, { apiKey: 'an-api-key' })).toMatchObject({ ok: true })
  })

  it.each(['an-api-ke', 'an-api-key2', 'AN-API-KEY', ''])('is not %j', (apiKey) => {
    expect(verifyClaims(CLAIMS, { apiKey })).toMatchObject({ code: 'api_key_unknown', check: 'api_key', claim: 'sub' })
  })
})

describe('the audience', () => {
  it.each(['apiRTC', ['apiRTC'], ['elsewhere', 'apiRTC']])('is met by %j', (aud) => {
    expect(verifyClaims({ ...CLAIMS, aud })).toMatchObject({ ok: true })
  })

  it.each(['apirtc', 'apiRT', 'apiRTC2', ' apiRTC', 'an apiRTC', '', [], ['apiRT', 'C'], ['apiRTC,elsewhere']])(
    'is missed by %j',
    (aud) => {
      expect(verifyClaims({ ...CLAIMS, aud })).toMatchObject({
        code: 'audience_mismatch',
        check: 'audience',
        claim: 'aud',
      })
    },
  )

  it('must be the one set in the verifier', () => {
    expect(verifyClaims({ ...CLAIMS, aud: 'elsewhere' }, { audience: 'elsewhere' })).toMatchObject({ ok: true })
    expect(verifyClaims(CLAIMS, { audience: 'elsewhere' })).toMatchObject({ code: 'audience_mismatch' })
    expect(verifyClaims({ ...CLAIMS, aud: 'apiRTC' }, { audience: 'api' })).toMatchObject({ code: 'audience_mismatch' })
  })
})

describe('the time of issue', () => {
  it('may be 300 seconds ahead of the verifier, and no more', () => {
    const ahead = (seconds: number) => ({ ...CLAIMS, iat: NOW + seconds })
    expect(verifyClaims(ahead(300))).toMatchObject({ ok: true })
    expect(verifyClaims(ahead(301))).toMatchObject({
      code: 'token_not_yet_valid',
      check: 'not_before',
      claim: 'iat',
      clockDifferenceSeconds: 301,
      message: 'The token was minted by a clock 301 s ahead',
    })
  })

  it('is not widened by the clock skew', () => {
    const claims = { ...CLAIMS, iat: NOW + 301 }
    expect(verifyClaims(claims, { clockSkewSeconds: 300 })).toMatchObject({ code: 'token_not_yet_valid' })
  })

  it('may be long past while the token is valid', () => {
    expect(verifyClaims({ ...CLAIMS, iat: NOW - 86_399, exp: NOW + 1 })).toMatchObject({ ok: true })
  })
})

describe('nbf', () => {
  it('admits a token from exactly that second', () => {
    expect(verifyClaims({ ...CLAIMS, nbf: NOW })).toMatchObject({ ok: true })
    expect(verifyClaims({ ...CLAIMS, nbf: NOW + 1 })).toMatchObject({
      code: 'token_not_yet_valid',
      check: 'not_before',
      claim: 'nbf',
      clockDifferenceSeconds: 1,
    })
  })

  it('is judged with the clock skew, to the second', () => {
    expect(verifyClaims({ ...CLAIMS, nbf: NOW + 30 }, { clockSkewSeconds: 30 })).toMatchObject({ ok: true })
    expect(verifyClaims({ ...CLAIMS, nbf: NOW + 31 }, { clockSkewSeconds: 30 })).toMatchObject({
      code: 'token_not_yet_valid',
    })
  })
})

describe('exp', () => {
  it('refuses a token from exactly that second', () => {
    expect(verifyClaims({ ...CLAIMS, exp: NOW + 1 })).toMatchObject({ ok: true })
    expect(verifyClaims({ ...CLAIMS, exp: NOW })).toMatchObject({ code: 'token_expired', check: 'expiry' })
    expect(verifyClaims({ ...CLAIMS, exp: NOW - 7 })).toMatchObject({
      code: 'token_expired',
      claim: 'exp',
      clockDifferenceSeconds: -7,
      message: 'The token expired 7 s ago',
    })
  })

  it('is judged with the clock skew, to the second', () => {
    const skew = { clockSkewSeconds: 30 }
    expect(verifyClaims({ ...CLAIMS, exp: NOW - 29 }, skew)).toMatchObject({ ok: true })
    expect(verifyClaims({ ...CLAIMS, exp: NOW - 30 }, skew)).toMatchObject({ code: 'token_expired' })
  })

  it('is compared with the given time, or the current time', () => {
    const verify = verifierWith()
    const token = new AccessToken('an-api-key', SECRET, { apiRTC_UserAgent_Id: 'alice' }).toJwt()
    expect(verify(token)).toMatchObject({ ok: true })
    expect(verify(token, { now: NOW * 2 })).toMatchObject({ code: 'token_expired' })
  })
})

describe('the lifetime of a token', () => {
  it('is at most 24 hours', () => {
    expect(verifyClaims({ ...CLAIMS, exp: CLAIMS.iat + MAX_TTL_SECONDS })).toMatchObject({ ok: true })
    expect(verifyClaims({ ...CLAIMS, exp: CLAIMS.iat + MAX_TTL_SECONDS + 1 })).toMatchObject({
      code: 'token_lifetime_exceeded',
      check: 'lifetime',
      claim: 'exp',
    })
  })

  it('is at most what the verifier allows', () => {
    expect(verifyClaims({ ...CLAIMS, exp: CLAIMS.iat + 600 }, { maxTtlSeconds: 600 })).toMatchObject({ ok: true })
    expect(verifyClaims({ ...CLAIMS, exp: CLAIMS.iat + 600.5 }, { maxTtlSeconds: 600 })).toMatchObject({
      code: 'token_lifetime_exceeded',
    })
  })

  it('is not lengthened by the clock skew', () => {
    const claims = { ...CLAIMS, exp: CLAIMS.iat + 601 }
    expect(verifyClaims(claims, { maxTtlSeconds: 600, clockSkewSeconds: 300 })).toMatchObject({
      code: 'token_lifetime_exceeded',
    })
  })

  it('cannot be hidden by an early iat: iat 0 makes the lifetime too long', () => {
    expect(verifyClaims({ ...CLAIMS, iat: 1 })).toMatchObject({ code: 'token_lifetime_exceeded' })
  })
})

describe('the user id', () => {
  const wildcard = { ...CLAIMS, grants: { apiRTC_UserAgent_Id: ANY_USER_AGENT } }

  it('must be the one of the registration, if given', () => {
    expect(verifyClaims(CLAIMS)).toMatchObject({ ok: true })
    expect(verifyClaims(CLAIMS, {}, 'alice')).toMatchObject({ ok: true })
    for (const id of ['mallory', 'Alice', 'alice ', '', ANY_USER_AGENT]) {
      expect(verifyClaims(CLAIMS, {}, id)).toMatchObject({
        code: 'user_id_mismatch',
        check: 'user_id',
        claim: 'grants.apiRTC_UserAgent_Id',
      })
    }
  })

  it('is required, whatever the verifier allows', () => {
    for (const options of [{}, { allowAnyUserAgent: true }]) {
      expect(verifyClaims({ ...CLAIMS, grants: {} }, options, 'alice')).toMatchObject({ code: 'user_id_mismatch' })
      expect(verifyClaims({ ...CLAIMS, grants: {} }, options)).toMatchObject({ code: 'user_id_mismatch' })
    }
  })

  it('can be any, if the verifier allows it', () => {
    expect(verifyClaims(wildcard, {}, 'alice')).toMatchObject({ code: 'wildcard_refused', check: 'user_id' })
    expect(verifyClaims(wildcard, {}, ANY_USER_AGENT)).toMatchObject({ code: 'wildcard_refused' })
    expect(verifyClaims(wildcard, { allowAnyUserAgent: true }, 'alice')).toMatchObject({ ok: true })
    expect(verifyClaims(wildcard, { allowAnyUserAgent: true })).toMatchObject({ ok: true })
    expect(verifyClaims(CLAIMS, { allowAnyUserAgent: true }, 'bob')).toMatchObject({ code: 'user_id_mismatch' })
  })

  it.each(['apikey_token', 'ApiKey_Token ', 'ApiKey_Token*', '*'])('%j is not a wildcard', (apiRTC_UserAgent_Id) => {
    const claims = { ...CLAIMS, grants: { apiRTC_UserAgent_Id } }
    expect(verifyClaims(claims, { allowAnyUserAgent: true }, 'alice')).toMatchObject({ code: 'user_id_mismatch' })
  })
})

describe('the options of a verifier', () => {
  const keys = [{ algorithm: 'HS256', secret: SECRET }] as const

  it.each([-1, 301, Number.NaN, '30', null])('refuse a clock skew of %j', (clockSkewSeconds) => {
    expect(() => createTokenVerifier({ keys, clockSkewSeconds: clockSkewSeconds as number })).toThrow(RangeError)
  })

  it.each([0, -1, 86_401, Infinity, Number.NaN, '600'])('refuse a longest lifetime of %j', (maxTtlSeconds) => {
    expect(() => createTokenVerifier({ keys, maxTtlSeconds: maxTtlSeconds as number })).toThrow(RangeError)
  })

  it.each([Date.UTC(2027, 0), Number.NaN, Infinity, '1800000000', null])('refuse %j as the current time', (now) => {
    expect(() => createTokenVerifier({ keys })('any.token.here', { now: now as number })).toThrow(RangeError)
  })
})
