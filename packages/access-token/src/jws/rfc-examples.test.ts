import { describe, expect, it } from 'vitest'
import type { Algorithm } from './algorithms.ts'
import {
  EDDSA_EXAMPLE,
  EDDSA_KEY,
  ES256_EXAMPLE,
  ES256_KEY,
  ES512_EXAMPLE,
  ES512_KEY,
  HS256_EXAMPLE,
  HS256_KEY,
  JOE,
  RS256_EXAMPLE,
  RS256_KEY,
  UNSECURED_EXAMPLE,
} from './rfc-examples.fixture.ts'
import { signCompact } from './sign-compact.ts'
import { verifyCompact } from './verify-compact.ts'

describe('the examples of RFC 7515 and RFC 8037', () => {
  it.each([
    ['A.1, HS256', HS256_EXAMPLE, HS256_KEY, 'HS256', JOE],
    ['A.2, RS256', RS256_EXAMPLE, RS256_KEY, 'RS256', JOE],
    ['A.3, ES256', ES256_EXAMPLE, ES256_KEY, 'ES256', JOE],
    ['RFC 8037 A.4, EdDSA', EDDSA_EXAMPLE, EDDSA_KEY, 'EdDSA', 'Example of Ed25519 signing'],
  ] as const)('hold: %s', (_name, jws, key, algorithm, payload) => {
    const verification = verifyCompact(jws, key, { algorithms: [algorithm] })
    expect(verification).toMatchObject({ ok: true, header: { alg: algorithm } })
    expect(verification.ok && verification.payload.toString()).toBe(payload)
  })

  it('are reproduced byte for byte if the algorithm is deterministic', () => {
    expect(signCompact(JOE, RS256_KEY, { alg: 'RS256' })).toBe(RS256_EXAMPLE)
    expect(signCompact('Example of Ed25519 signing', EDDSA_KEY, { alg: 'EdDSA' })).toBe(EDDSA_EXAMPLE)
  })

  it('refuse ES512 (A.4), which is not supported, with and without the key', () => {
    expect(verifyCompact(ES512_EXAMPLE, ES512_KEY, { algorithms: ['ES256'] })).toMatchObject({ code: 'key_refused' })
    expect(verifyCompact(ES512_EXAMPLE, ES256_KEY, { algorithms: ['ES256'] })).toMatchObject({
      code: 'algorithm_refused',
    })
    const asked = { algorithms: ['ES512' as Algorithm] }
    expect(verifyCompact(ES512_EXAMPLE, ES512_KEY, asked)).toMatchObject({ code: 'key_refused' })
  })

  it('refuse the unsecured JWS (A.5) under every key', () => {
    for (const [key, algorithm] of [
      [HS256_KEY, 'HS256'],
      [RS256_KEY, 'RS256'],
      [ES256_KEY, 'ES256'],
      [EDDSA_KEY, 'EdDSA'],
    ] as const) {
      expect(verifyCompact(UNSECURED_EXAMPLE, key, { algorithms: [algorithm] })).toMatchObject({
        code: 'algorithm_refused',
      })
    }
  })
})
