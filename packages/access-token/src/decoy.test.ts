import { beforeEach, describe, expect, it, vi } from 'vitest'
import { CLAIMS, craftToken, HEADER, NOW, verifierWith } from './craft-token.fixture.ts'
import { checkDecoy } from './decoy.ts'
import type { BoundKey } from './jws/key.ts'

const checked = vi.hoisted((): string[] => [])

vi.mock('./jws/signature.ts', async (importOriginal) => {
  const original = await importOriginal<typeof import('./jws/signature.ts')>()
  return {
    ...original,
    prepareCheck(bound: BoundKey) {
      const check = original.prepareCheck(bound)
      return (signingInput: string, signature: string) => {
        checked.push(bound.algorithm)
        return check(signingInput, signature)
      }
    },
  }
})

beforeEach(() => {
  checked.length = 0
})

describe('the work for a refusal does not reveal', () => {
  const forged = 'another secret for tests, known to everyone'

  it.each([
    ['a forged signature', HEADER, ['HS256']],
    ['an unknown key', { ...HEADER, kid: 'unknown' }, ['HS256']],
    ['an unknown key of RS256', { alg: 'RS256', kid: 'unknown' }, ['RS256']],
    ['another algorithm than that of the key', { alg: 'EdDSA' }, ['EdDSA']],
    ['an algorithm that there is not', { alg: 'none' }, ['HS256']],
  ])('that there was %s: one signature is checked, of the algorithm that was named', (_what, header, algorithms) => {
    const verification = verifierWith()(craftToken(CLAIMS, header, forged), { now: NOW })
    expect(verification).toMatchObject({ ok: false, authentic: false })
    expect(checked).toEqual(algorithms)
  })

  it('that there was no key', () => {
    verifierWith({ keys: [] })(craftToken(CLAIMS), { now: NOW })
    expect(checked).toEqual(['HS256'])
  })
})

describe('a decoy', () => {
  it.each(['HS256', 'HS384', 'HS512', 'RS256', 'ES256', 'EdDSA', 'none', '__proto__', ''])(
    'accepts any algorithm: %j',
    (alg) => {
      for (const signature of ['', 'AAAA', 'A'.repeat(86), 'not base64url', '\ud800']) {
        expect(() => checkDecoy(alg, 'a signing input', signature)).not.toThrow()
      }
    },
  )
})
