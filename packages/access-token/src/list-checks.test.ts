import { describe, expect, it } from 'vitest'
import { CLAIMS, craftToken, HEADER, NOW, SECRET, verifierWith } from './craft-token.fixture.ts'
import { CHECKS, type Check } from './refusal.ts'

const verify = verifierWith({ apiKey: 'an-api-key' })
const good = craftToken(CLAIMS)

describe('an explanation', () => {
  it('lists every check as passed for a valid token', () => {
    const explanation = verify.explain(good, { now: NOW })
    expect(explanation).toMatchObject({ ok: true, claims: CLAIMS })
    expect(explanation.checks).toEqual(CHECKS.map((check) => ({ check, outcome: 'passed' })))
  })

  const examples: [Check, unknown][] = [
    ['present', ''],
    ['size', 'x'.repeat(8_193)],
    ['form', `${good}=`],
    ['header', craftToken(CLAIMS, { ...HEADER, crit: [] })],
    ['key', craftToken(CLAIMS, { ...HEADER, kid: 'unknown' })],
    ['algorithm', craftToken(CLAIMS, { alg: 'none' })],
    ['signature', craftToken(CLAIMS, HEADER, `${SECRET}!`)],
    ['claims', craftToken({ ...CLAIMS, jti: [] })],
    ['api_key', craftToken({ ...CLAIMS, sub: 'another', aud: 'elsewhere' })],
    ['audience', craftToken({ ...CLAIMS, aud: 'elsewhere', nbf: NOW + 1 })],
    ['not_before', craftToken({ ...CLAIMS, nbf: NOW + 1, exp: NOW })],
    ['expiry', craftToken({ ...CLAIMS, iat: 1, exp: NOW })],
    ['lifetime', craftToken({ ...CLAIMS, iat: 1, grants: {} })],
    ['user_id', craftToken({ ...CLAIMS, grants: {} })],
  ]

  it.each(examples)(
    'that fails at %s has passed all checks before it and not reached those after it',
    (failed, token) => {
      const explanation = verify.explain(token, { now: NOW })
      const at = CHECKS.indexOf(failed)
      expect(explanation).toMatchObject({ ok: false, check: failed })
      expect(explanation.checks.map(({ check }) => check)).toEqual(CHECKS)
      expect(explanation.checks.map(({ outcome }) => outcome)).toEqual(
        CHECKS.map((_check, index) => (index < at ? 'passed' : index === at ? 'failed' : 'not reached')),
      )
      expect(explanation.checks.filter(({ message }) => message !== undefined)).toHaveLength(1)
      expect({ ...explanation, checks: undefined }).toEqual({ ...verify(token, { now: NOW }), checks: undefined })
    },
  )

  it('is tested here with an example of every check', () => {
    expect(examples.map(([check]) => check)).toEqual(CHECKS)
  })

  it('calls authentic only what fails after the signature', () => {
    for (const [check, token] of examples) {
      expect(verify(token, { now: NOW })).toMatchObject({
        authentic: CHECKS.indexOf(check) > CHECKS.indexOf('signature'),
      })
    }
  })
})
