import { describe, expect, it } from 'vitest'
import { checkPlatform, checkPolicy, checkSigningKey, OLD_SECONDS } from './check-keys.ts'

const SAFE = {
  requireToken: true,
  allowAnyUser: false,
  maxTtlSeconds: 3_600,
  audience: 'apiRTC',
  clockSkewSeconds: 0,
  onExpiry: 'disconnect',
  origins: ['https://shop.example'],
  singleUse: false,
  rateLimits: { messagesPerSecond: 500 },
  permissions: { role: 'contributor', publish: ['audio'], subscribe: true },
} as unknown as Parameters<typeof checkPolicy>[0]['policy']
const KEY = { apiKey: 'key', name: 'Shop', state: 'active' as const, policy: SAFE, policyInWords: [], createdAt: 0 }
const SECRET = {
  keyId: 'kid',
  kind: 'secret' as const,
  algorithm: 'HS256' as const,
  state: 'active' as const,
  createdAt: 0,
  retiresAt: null,
  lastUsedAt: null,
  sessions: 0,
  advice: null,
}

describe('a policy', () => {
  it('has no problem if it is strict', () => expect(checkPolicy(KEY)).toEqual([]))

  it.each([
    [{ requireToken: false }, 'problem', '--require-token'],
    [{ allowAnyUser: true }, 'problem', '--no-allow-any-user'],
    [{ origins: undefined }, 'advice', '--origins'],
    [{ maxTtlSeconds: 86_400 }, 'advice', '--max-ttl'],
    [{ onExpiry: 'keep' }, 'advice', '--on-expiry'],
  ])('with %j is reported, with the command that fixes it', (change, status, fix) => {
    const policy = { ...SAFE, ...change } as typeof SAFE
    expect(checkPolicy({ ...KEY, policy })).toMatchObject([{ status, fix: expect.stringContaining(fix) }])
    expect(checkPolicy({ ...KEY, policy, state: 'disabled' })).toEqual([])
  })
})

describe('a secret', () => {
  it('is reported if it is old, or retires while sessions use it', () => {
    expect(checkSigningKey(KEY, SECRET, OLD_SECONDS)).toEqual([])
    expect(checkSigningKey(KEY, SECRET, OLD_SECONDS + 1)).toMatchObject([{ status: 'advice' }])
    const retiring = { ...SECRET, state: 'retiring' as const, retiresAt: 7_200, sessions: 3 }
    expect(checkSigningKey(KEY, retiring, 0)).toMatchObject([
      { message: expect.stringContaining('in 2 h, and 3 sessions') },
    ])
    expect(checkSigningKey(KEY, { ...retiring, sessions: 0 }, 0)).toEqual([])
    expect(checkSigningKey(KEY, { ...SECRET, state: 'retired' as const }, OLD_SECONDS * 2)).toEqual([])
  })
})

describe('a platform', () => {
  const facts = {
    store: { kind: 'sqlite', health: 'ok', schemaVersion: '1' },
    media: { kind: 'peer_to_peer', stun: false, turn: false },
    demo: true,
  } as unknown as Parameters<typeof checkPlatform>[0]
  const target = { timeoutMs: 1, nowMs: Date.now }

  it('that is public has no demo, and a TURN server', () => {
    const checks = checkPlatform(facts, { ...target, url: new URL('https://rtc.example') }).map(({ check }) => check)
    expect(checks).toEqual(['media', 'demo'])
    expect(checkPlatform(facts, { ...target, url: new URL('http://localhost:4420') })).toEqual([])
  })
})
