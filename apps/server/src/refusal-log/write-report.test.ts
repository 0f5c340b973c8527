import { describe, expect, it } from 'vitest'
import type { AttemptCheck } from '../admission/refusal.ts'
import { MAX_WRITTEN_LENGTH, writeReport } from './write-report.ts'

function write({
  apiKey = 'shop',
  id = 'alice',
  origin = 'https://shop.example',
  userAgent = 'a browser',
  checks = [] as readonly AttemptCheck[],
} = {}) {
  return writeReport({
    refusalId: 'rf_1',
    publicCode: 'token_invalid',
    request: { apiKey, id },
    refusal: {
      ok: false,
      code: 'signature_invalid',
      publicCode: 'token_invalid',
      message: 'It does not hold',
      checks,
      clockDifferenceSeconds: undefined,
    },
    clientInfo: { address: '192.0.2.7', origin, userAgent },
    at: 7,
  })
}

describe('the report of a refusal', () => {
  it('says who registered, from where, and why it was refused', () => {
    expect(write()).toEqual({
      refusalId: 'rf_1',
      at: 7,
      apiKey: 'shop',
      userId: 'alice',
      code: 'signature_invalid',
      publicCode: 'token_invalid',
      message: 'It does not hold',
      checks: [],
      clockDifferenceSeconds: undefined,
      address: '192.0.2.7',
      origin: 'https://shop.example',
      userAgent: 'a browser',
      isProven: false,
    })
  })

  it.each([
    ['passed', true],
    ['failed', false],
    ['not reached', false],
  ] as const)('is whether the signature held: where that check has %s, %s', (outcome, isProven) => {
    expect(write({ checks: [{ check: 'signature', outcome }] })).toMatchObject({ isProven })
  })

  it('contains no token and no secret, even if one was entered in the wrong place', () => {
    const token = 'eyJub3QiOiJhIHRva2VuIn0.eyJvZiI6ImFueWJvZHkifQ.bm90aGluZw'
    const secret = 'secret_of-a-test-and-not-of-anybody'
    const report = write({ apiKey: secret, id: token, origin: `https://x.example/${token}`, userAgent: `a ${secret}` })
    for (const part of [...token.split('.'), 'of-a-test']) expect(JSON.stringify(report)).not.toContain(part)
    expect(report).toMatchObject({ apiKey: '(a secret)', userId: '(a token)', userAgent: 'a (a secret)' })
  })

  it(`contains at most ${MAX_WRITTEN_LENGTH} characters of each untrusted text`, () => {
    const long = 'x'.repeat(MAX_WRITTEN_LENGTH)
    expect(write({ origin: long })).toMatchObject({ origin: long })
    expect(write({ origin: `${long}y`, userAgent: `${long}y` })).toMatchObject({ origin: long, userAgent: long })
  })

  it('contains no terminal control characters', () => {
    expect(write({ userAgent: 'a\u009b2Jb', id: 'a\u202eb' })).toMatchObject({ userAgent: 'a?2Jb', userId: 'a?b' })
  })
})
