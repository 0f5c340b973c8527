import { describe, expect, it } from 'vitest'
import { judgePlatform, judgePolicy, judgeSigningKey, OLD_SECONDS } from './look-at-keys.ts'

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
} as unknown as Parameters<typeof judgePolicy>[0]['policy']
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
  it('is in order where it is narrow', () => expect(judgePolicy(KEY)).toEqual([]))

  it.each([
    [{ requireToken: false }, 'ill', '--require-token'],
    [{ allowAnyUser: true }, 'ill', '--no-allow-any-user'],
    [{ origins: undefined }, 'advice', '--origins'],
    [{ maxTtlSeconds: 86_400 }, 'advice', '--max-ttl'],
    [{ onExpiry: 'keep' }, 'advice', '--on-expiry'],
  ])('with %j is pointed out, and how to narrow it', (change, verdict, todo) => {
    const policy = { ...SAFE, ...change } as typeof SAFE
    expect(judgePolicy({ ...KEY, policy })).toMatchObject([{ verdict, todo: expect.stringContaining(todo) }])
    expect(judgePolicy({ ...KEY, policy, state: 'disabled' })).toEqual([])
  })
})

describe('a secret', () => {
  it('is pointed out where it is old, or ends with sessions on it', () => {
    expect(judgeSigningKey(KEY, SECRET, OLD_SECONDS)).toEqual([])
    expect(judgeSigningKey(KEY, SECRET, OLD_SECONDS + 1)).toMatchObject([{ verdict: 'advice' }])
    const retiring = { ...SECRET, state: 'retiring' as const, retiresAt: 7_200, sessions: 3 }
    expect(judgeSigningKey(KEY, retiring, 0)).toMatchObject([
      { found: expect.stringContaining('in 2 hours, and 3 sessions') },
    ])
    expect(judgeSigningKey(KEY, { ...retiring, sessions: 0 }, 0)).toEqual([])
    expect(judgeSigningKey(KEY, { ...SECRET, state: 'retired' as const }, OLD_SECONDS * 2)).toEqual([])
  })
})

describe('a platform', () => {
  const facts = {
    store: { kind: 'sqlite', health: 'ok', schemaVersion: '1' },
    media: { kind: 'peer_to_peer', stun: false, turn: false },
    demo: true,
  } as unknown as Parameters<typeof judgePlatform>[0]
  const patient = { patienceMs: 1, nowMs: Date.now }

  it('that strangers reach has no demo on, and a TURN server', () => {
    const checks = judgePlatform(facts, { ...patient, url: new URL('https://rtc.example') }).map(({ check }) => check)
    expect(checks).toEqual(['media', 'demo'])
    expect(judgePlatform(facts, { ...patient, url: new URL('http://localhost:4420') })).toEqual([])
  })
})
