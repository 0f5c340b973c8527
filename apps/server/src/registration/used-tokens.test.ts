import type { VerifiedClaims } from '@stagedoor/access-token'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { StoreDownError } from '../store-down.ts'
import { MAX_SPEND_SECONDS, UsedTokens } from './used-tokens.ts'

beforeEach(() => {
  vi.useFakeTimers({ now: 0 })
})
afterEach(() => {
  vi.useRealTimers()
})

function claimsOf(jti: string, exp: number, sub = 'shop'): VerifiedClaims {
  return { sub, jti, exp } as VerifiedClaims
}

describe('the tokens that were used', () => {
  it('are told apart by API key and name', async () => {
    const used = new UsedTokens()
    expect(await used.spend(claimsOf('one', 100), 0)).toBe('spent')
    expect(used.has(claimsOf('one', 100))).toBe(true)
    expect(used.has(claimsOf('two', 100))).toBe(false)
    expect(used.has(claimsOf('one', 100, 'other'))).toBe(false)
  })

  it('are those of before too, and each that is used is written', async () => {
    const write = vi.fn(async () => true)
    const used = new UsedTokens({ marks: [{ apiKey: 'shop', tokenId: 'one', forgetAt: 100 }], write })
    expect(used.has(claimsOf('one', 100))).toBe(true)
    expect(write).not.toHaveBeenCalled()
    await used.spend(claimsOf('two', 100), 7)
    expect(write).toHaveBeenCalledExactlyOnceWith({ apiKey: 'shop', tokenId: 'two', forgetAt: 107 })
  })

  it('are used for everybody else before that is written, and answered when it is', async () => {
    let written: (isNew: boolean) => void = () => {}
    const used = new UsedTokens({ write: () => new Promise((give) => (written = give)) })
    const answered = vi.fn()
    const spending = used.spend(claimsOf('one', 100), 0).then(answered)
    expect(used.has(claimsOf('one', 100))).toBe(true)
    await vi.advanceTimersByTimeAsync(MAX_SPEND_SECONDS * 1_000 - 1)
    expect(answered).not.toHaveBeenCalled()
    written(true)
    await spending
    expect(answered).toHaveBeenCalledExactlyOnceWith('spent')
    expect(vi.getTimerCount()).toBe(0)
  })

  it('are remembered where another platform was first', async () => {
    const used = new UsedTokens({ write: async () => false })
    expect(await used.spend(claimsOf('one', 100), 0)).toBe('already_used')
    expect(used.has(claimsOf('one', 100))).toBe(true)
  })

  it('are not used up where the store is down, since it tells at the next try', async () => {
    const write = vi.fn<() => Promise<boolean>>(async () => true)
    write.mockRejectedValueOnce(new StoreDownError('gone'))
    const used = new UsedTokens({ write })
    expect(await used.spend(claimsOf('one', 100), 0)).toBe('unavailable')
    expect(used.has(claimsOf('one', 100))).toBe(false)
    expect(await used.spend(claimsOf('one', 100), 0)).toBe('spent')
    write.mockRejectedValueOnce(new Error('a fault'))
    await expect(used.spend(claimsOf('two', 100), 0)).rejects.toThrow('a fault')
  })

  it(`are waited for ${MAX_SPEND_SECONDS} s at the most, and count as used until the store has answered`, async () => {
    let fail: (error: Error) => void = () => {}
    const used = new UsedTokens({ write: () => new Promise((_give, reject) => (fail = reject)) })
    const answered = vi.fn()
    void used.spend(claimsOf('one', 100), 0).then(answered)
    await vi.advanceTimersByTimeAsync(MAX_SPEND_SECONDS * 1_000)
    expect(answered).toHaveBeenCalledExactlyOnceWith('unavailable')
    expect(used.has(claimsOf('one', 100))).toBe(true)
    fail(new StoreDownError('gone'))
    await vi.advanceTimersByTimeAsync(0)
    expect(used.has(claimsOf('one', 100))).toBe(false)
  })

  it('are forgotten some time after they have ended, and not before', () => {
    const used = new UsedTokens()
    const spend = (name: string, exp: number) => void used.spend(claimsOf(name, exp), 10)
    for (let at = 0; at < 500; at++) spend(`short ${at}`, 100)
    vi.setSystemTime(109_000)
    for (let at = 0; at < 499; at++) spend(`long ${at}`, 1_000)
    spend('last', 1_000)
    expect(used.size).toBe(1_000)
    vi.setSystemTime(110_000)
    for (let at = 0; at < 1_000; at++) spend(`later ${at}`, 1_000)
    expect(used.size).toBe(1_500)
    expect(used.has(claimsOf('long 0', 1_000))).toBe(true)
  })
})
