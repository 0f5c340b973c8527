import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Revocation } from '../api-key/revocation.ts'
import { systemClock } from '../clock.ts'
import { DEFAULT_POLICY, type Policy } from '../policy/policy.ts'
import { mint, openTestRegistrar, requestOf } from '../registration/registrar.fixture.ts'
import { MAX_EXAMPLES, previewPolicy, previewRevocation } from './preview.ts'

beforeEach(() => {
  vi.useFakeTimers({ now: 1_000_000_000_000 })
})
afterEach(() => {
  vi.useRealTimers()
})

const SHOP = { origin: 'https://shop.example' }

function openPlatform(policy: Partial<Policy> = {}) {
  const operations = openTestRegistrar(policy)
  const before = { policy: { ...DEFAULT_POLICY, ...policy }, state: 'active' as const }
  const preview = (change: Partial<Policy>, state: 'active' | 'disabled' = 'active') => {
    const after = { policy: { ...before.policy, ...change }, state }
    return previewPolicy(operations, 'shop', { before, after }, systemClock.now())
  }
  return { ...operations, preview }
}

describe('a preview of a policy', () => {
  it('says how many sessions would end and why, summarizes the policy, and ends none', () => {
    const { enter, preview } = openPlatform()
    const [alice, bob] = [enter(requestOf('alice', SHOP)), enter(requestOf('bob'))]
    expect(preview({ origins: [SHOP.origin] })).toEqual({
      sessions: 2,
      wouldEnd: 1,
      wouldEndSooner: 0,
      examples: [{ sessionId: bob.session?.id, userId: 'bob', reason: 'origin_refused' }],
      policyInWords: expect.arrayContaining(['A token is required.']),
      sentences: ['Only pages of https://shop.example can connect.'],
    })
    for (const { channel } of [alice, bob]) expect(channel.closed).toEqual([])
  })

  it('distinguishes sessions that would end sooner from those that would end immediately', () => {
    const { enter, preview } = openPlatform()
    enter(requestOf('alice', { token: mint('alice', { ttl: 60 }) }))
    enter(requestOf('bob', { token: mint('bob', { ttl: 600 }) }))
    expect(preview({ maxTtlSeconds: 60 })).toMatchObject({ wouldEnd: 0, wouldEndSooner: 1, examples: [] })
    vi.advanceTimersByTime(30_000)
    expect(preview({ maxTtlSeconds: 30 })).toMatchObject({ wouldEnd: 2, wouldEndSooner: 0 })
    expect(preview({ maxTtlSeconds: 30 }).examples[0]).toMatchObject({ reason: 'token_expired' })
    expect(preview({ onExpiry: 'keep' })).toMatchObject({ wouldEnd: 0, wouldEndSooner: 0 })
  })

  it('names the users whose oldest sessions would be closed', () => {
    const { enter, preview } = openPlatform()
    const [first] = [enter(requestOf('alice')), enter(requestOf('alice')), enter(requestOf('bob'))]
    const { wouldEnd, examples } = preview({ sessionsPerUser: { most: 1, beyond: 'refuse' } })
    expect([wouldEnd, examples]).toEqual([
      1,
      [{ sessionId: first?.session?.id, userId: 'alice', reason: 'session_replaced' }],
    ])
  })

  it(`says that disabling the API key would end all sessions, and names at most ${MAX_EXAMPLES}`, () => {
    const { enter, preview } = openPlatform()
    for (let at = 0; at <= MAX_EXAMPLES; at++) enter(requestOf(`user ${at}`))
    const { wouldEnd, examples } = preview({}, 'disabled')
    expect([wouldEnd, examples.length]).toEqual([MAX_EXAMPLES + 1, MAX_EXAMPLES])
    expect(examples[0]?.reason).toBe('session_closed')
  })

  it('matches the actual change', () => {
    const changes: Partial<Policy>[] = [
      { origins: [SHOP.origin] },
      { maxTtlSeconds: 20 },
      { sessionsPerUser: { most: 1, beyond: 'close_oldest' }, origins: [SHOP.origin] },
      { requireToken: false },
    ]
    for (const change of changes) {
      const operations = openPlatform()
      const entered = ['alice', 'alice', 'bob'].flatMap((id) => [
        operations.enter(requestOf(id, SHOP)),
        operations.enter(requestOf(id, { token: mint(id, { ttl: 30 }) })),
      ])
      vi.advanceTimersByTime(20_000)
      const { wouldEnd } = operations.preview(change)
      operations.change(change)
      vi.advanceTimersByTime(10)
      expect([change, entered.filter(({ channel }) => channel.closed.length > 0).length]).toEqual([change, wouldEnd])
    }
  })
})

describe('a preview of a revocation', () => {
  it.each<[string, Pick<Revocation, 'kind' | 'subject'>, string[]]>([
    [
      'the signing key of the tokens that opened them, though others have renewed them',
      { kind: 'signing_key', subject: 'one' },
      ['alice', 'bob'],
    ],
    ['another signing key', { kind: 'signing_key', subject: 'two' }, []],
    ['a user', { kind: 'user', subject: 'alice' }, ['alice']],
    ['everything', { kind: 'everything', subject: '' }, ['alice', 'bob']],
  ])('of %s names those that would end, and is what it does', (_what, revocation, users) => {
    const { enter, change, preview: _none, ...operations } = openPlatform()
    const entered = [enter(requestOf('alice')), enter(requestOf('bob'))]
    const [{ session }] = entered as [(typeof entered)[0]]
    session?.renew({ ...session.admission, keyId: 'other' })
    const told = previewRevocation(operations, 'shop', revocation, systemClock.now())
    expect([told.wouldEnd, told.examples.map(({ userId }) => userId)]).toEqual([users.length, users])
    for (const { reason } of told.examples) expect(reason).toBe('token_revoked')
    change({}, [{ ...revocation, revokedAt: systemClock.now() }])
    expect(entered.filter(({ channel }) => channel.closed.length > 0)).toHaveLength(users.length)
  })

  it('does not count sessions that an earlier revocation ended', () => {
    const { enter, change, preview: _none, ...operations } = openPlatform()
    enter(requestOf('alice'))
    change({}, [{ kind: 'user', subject: 'alice', revokedAt: systemClock.now() }])
    vi.advanceTimersByTime(1_000)
    enter(requestOf('alice'))
    const told = previewRevocation(operations, 'shop', { kind: 'token', subject: 'none' }, systemClock.now())
    expect(told).toMatchObject({ sessions: 1, wouldEnd: 0 })
  })
})
