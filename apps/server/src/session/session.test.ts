import { MAX_CLOCK_SKEW_SECONDS, type VerifiedClaims } from '@stagedoor/access-token'
import { describe, expect, it } from 'vitest'
import { admissionOf, sessionOf } from './session.fixture.ts'
import { MAX_LINEAGE_TOKENS } from './session.ts'

function holding(jti: string, exp = 100) {
  return { claims: { jti, exp } as VerifiedClaims, expiresAt: exp }
}

function renew({ session }: ReturnType<typeof sessionOf>, jti: string, exp = 100): void {
  session.renew(admissionOf('alice', holding(jti, exp)))
}

describe('a session', () => {
  it('knows the token that opened it, and each that it was renewed with', () => {
    const alice = sessionOf('alice', holding('one'))
    expect(alice.session.listTokenIds(0)).toEqual(['one'])
    for (const jti of ['two', 'three', 'two', 'three', 'one', 'four']) renew(alice, jti)
    expect(alice.session.listTokenIds(0)).toEqual(['one', 'two', 'three', 'four'])
  })

  it('knows no token where it was opened without one, and the one that it was renewed with after that', () => {
    const alice = sessionOf('alice')
    expect(alice.session.listTokenIds(0)).toEqual([])
    renew(alice, 'one')
    expect(alice.session.listTokenIds(0)).toEqual(['one'])
  })

  it('has nothing to revoke of a renewal that no clock can take for good any more, and remembers it all the same', () => {
    const alice = sessionOf('alice', holding('one'))
    const end = 10 + MAX_CLOCK_SKEW_SECONDS
    renew(alice, 'two', 10)
    renew(alice, 'three')
    expect(alice.session.listTokenIds(end - 1)).toEqual(['one', 'two', 'three'])
    expect(alice.session.listTokenIds(end)).toEqual(['one', 'three'])
    renew(alice, 'four')
    expect(alice.session.listTokenIds(end)).toEqual(['one', 'three', 'four'])
    expect(alice.session.lineage.tokenIds).toEqual(['one', 'two', 'three', 'four'])
  })

  it(`knows ${MAX_LINEAGE_TOKENS} tokens, and gives up the oldest renewal for one more`, () => {
    const alice = sessionOf('alice', holding('first'))
    for (let at = 2; at <= MAX_LINEAGE_TOKENS; at++) renew(alice, `${at}`)
    expect(alice.session.listTokenIds(0)).toHaveLength(MAX_LINEAGE_TOKENS)
    expect(alice.session.listTokenIds(0).slice(0, 2)).toEqual(['first', '2'])
    renew(alice, 'last')
    const known = alice.session.listTokenIds(0)
    expect([known.length, known.slice(0, 2), known.at(-1)]).toEqual([MAX_LINEAGE_TOKENS, ['first', '3'], 'last'])
  })
})
