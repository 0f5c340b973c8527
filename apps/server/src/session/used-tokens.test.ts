import type { VerifiedClaims } from '@stagedoor/access-token'
import { describe, expect, it, vi } from 'vitest'
import { UsedTokens } from './used-tokens.ts'

function claimsOf(jti: string, exp: number, sub = 'shop'): VerifiedClaims {
  return { sub, jti, exp } as VerifiedClaims
}

describe('the tokens that were used', () => {
  it('are told apart by API key and name', () => {
    const used = new UsedTokens()
    used.mark(claimsOf('one', 100), 0, 0)
    expect(used.has(claimsOf('one', 100))).toBe(true)
    expect(used.has(claimsOf('two', 100))).toBe(false)
    expect(used.has(claimsOf('one', 100, 'other'))).toBe(false)
  })

  it('are those of before too, and each that is marked is told of', () => {
    const onMark = vi.fn()
    const used = new UsedTokens([{ apiKey: 'shop', tokenId: 'one', forgetAt: 100 }], onMark)
    expect(used.has(claimsOf('one', 100))).toBe(true)
    expect(onMark).not.toHaveBeenCalled()
    used.mark(claimsOf('two', 100), 0, 7)
    expect(onMark).toHaveBeenCalledExactlyOnceWith({ apiKey: 'shop', tokenId: 'two', forgetAt: 107 })
  })

  it('are forgotten some time after they have ended, and not before', () => {
    const used = new UsedTokens()
    for (let at = 0; at < 500; at++) used.mark(claimsOf(`short ${at}`, 100), 0, 10)
    for (let at = 0; at < 499; at++) used.mark(claimsOf(`long ${at}`, 1_000), 109, 10)
    used.mark(claimsOf('last', 1_000), 109, 10)
    expect(used.size).toBe(1_000)
    for (let at = 0; at < 1_000; at++) used.mark(claimsOf(`later ${at}`, 1_000), 110, 10)
    expect(used.size).toBe(1_500)
    expect(used.has(claimsOf('long 0', 1_000))).toBe(true)
  })
})
