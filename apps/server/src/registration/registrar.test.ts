import { inspectToken } from '@stagedoor/access-token'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { mint, openTestRegistrar, requestOf } from './registrar.fixture.ts'

const START = 1_000_000_000

beforeEach(() => {
  vi.useFakeTimers({ now: START * 1000 })
})
afterEach(() => {
  vi.useRealTimers()
})

function pass(seconds: number): void {
  vi.advanceTimersByTime(seconds * 1000)
}

function tokenIdOf(token: string): string {
  const inspection = inspectToken(token)
  return inspection.ok ? String(inspection.payload.jti) : ''
}

describe('a policy', () => {
  it('that requires no token admits any user id, and still refuses a bad token', () => {
    const { enter, change } = openTestRegistrar({ requireToken: false })
    const anonymous = requestOf('alice', { token: undefined })
    expect(enter(anonymous).session?.userId).toBe('alice')
    expect(enter(requestOf('alice', { token: mint('bob') })).code).toBe('user_id_mismatch')
    expect(enter(requestOf('alice', { token: '' })).code).toBe('token_missing')
    change({})
    expect(enter(anonymous).code).toBe('token_missing')
  })

  it.each([
    ['the listed origin', 'https://shop.example', undefined],
    ['another origin', 'https://shop.example.evil.example', 'origin_refused'],
    ['another port', 'https://shop.example:8443', 'origin_refused'],
    ['another scheme', 'http://shop.example', 'origin_refused'],
    ['the word null', 'null', 'origin_refused'],
    ['no origin', undefined, 'origin_refused'],
  ])('that lists origins answers a page of %s', (_what, origin, code) => {
    const { enter } = openTestRegistrar({ origins: ['https://shop.example'] })
    expect(enter(requestOf('alice', { origin })).code).toBe(code)
  })

  it('that allows two sessions refuses the third, of that user alone', () => {
    const { enter } = openTestRegistrar({ sessionsPerUser: { most: 2, beyond: 'refuse' } })
    const [first] = [enter(requestOf('alice')), enter(requestOf('alice'))]
    expect(enter(requestOf('alice')).code).toBe('session_limit')
    expect(enter(requestOf('bob')).code).toBeUndefined()
    first?.session?.close('session_closed')
    expect(enter(requestOf('alice')).code).toBeUndefined()
  })

  it('that lets the oldest give way closes that one', () => {
    const { enter, sessions } = openTestRegistrar({ sessionsPerUser: { most: 2, beyond: 'close_oldest' } })
    const entered = [enter(requestOf('alice')), enter(requestOf('alice')), enter(requestOf('alice'))]
    expect(entered.map(({ channel }) => channel.closed)).toEqual([['session_replaced'], [], []])
    expect(sessions.size).toBe(2)
  })

  it('of tokens for a single use admits one that is sent fifty times once', () => {
    const { enter } = openTestRegistrar({ singleUse: true })
    const request = requestOf('alice')
    const codes = Array.from({ length: 50 }, () => enter(request).code)
    expect(codes.filter((code) => code === undefined)).toHaveLength(1)
    expect(codes.filter((code) => code === 'token_already_used')).toHaveLength(49)
  })

  it('of tokens for a single use takes neither the first token nor another’s to renew with', () => {
    const { enter, renew } = openTestRegistrar({ singleUse: true })
    const request = requestOf('alice')
    const { session } = enter(request)
    const fresh = mint('alice')
    if (session === undefined) throw new Error('not admitted')
    expect(renew(session, request.token ?? '')).toMatchObject({ ok: false, code: 'token_already_used' })
    expect(renew(session, fresh)).toMatchObject({ ok: true })
    expect(enter(requestOf('alice', { token: fresh })).code).toBe('token_already_used')
  })

  it('of grace lets a session outlive its token by that, and no more', () => {
    const { enter } = openTestRegistrar({ onExpiry: { graceSeconds: 30 } })
    const { channel } = enter(requestOf('alice', { token: mint('alice', { ttl: 100 }) }))
    pass(129)
    expect([channel.take(), channel.closed]).toEqual([['token_expiring'], []])
    pass(1)
    expect(channel.closed).toEqual(['token_expired'])
  })

  it('of keeping lets a session live on without a token', () => {
    const { enter } = openTestRegistrar({ onExpiry: 'keep' })
    const { channel } = enter(requestOf('alice', { token: mint('alice', { ttl: 100 }) }))
    pass(100_000)
    expect([channel.take(), channel.closed]).toEqual([['token_expiring'], []])
  })
})

describe('a policy that becomes stricter', () => {
  it.each([
    ['disables the API key', undefined, {}],
    ['asks for a token', {}, { requireToken: false, token: undefined }],
    ['lists other origins', { origins: ['https://else.example'] }, {}],
    ['refuses tokens for any user', {}, { allowAnyUser: true, token: 'ApiKey_Token' }],
  ] as const)(
    'closes the sessions that it would not let in: it %s',
    (_what, next, { token, ...before }: { token?: string | undefined }) => {
      const { enter, change } = openTestRegistrar(before)
      const given = 'requireToken' in before ? undefined : mint(token ?? 'alice')
      const { channel, session } = enter(requestOf('alice', { token: given, origin: 'https://shop.example' }))
      expect(session).toBeDefined()
      change(next && { ...next })
      expect(channel.closed).toEqual(['session_closed'])
    },
  )

  it('closes the oldest sessions beyond the number that it allows', () => {
    const { enter, change } = openTestRegistrar()
    const entered = [enter(requestOf('alice')), enter(requestOf('alice')), enter(requestOf('alice'))]
    change({ sessionsPerUser: { most: 1, beyond: 'refuse' } })
    expect(entered.map(({ channel }) => channel.closed)).toEqual([['session_replaced'], ['session_replaced'], []])
  })

  it('cuts a session short whose token lives longer than it allows now', () => {
    const { enter, change } = openTestRegistrar()
    const { channel } = enter(requestOf('alice', { token: mint('alice', { ttl: 3_600 }) }))
    pass(10)
    change({ maxTtlSeconds: 60 })
    pass(49)
    expect(channel.closed).toEqual([])
    pass(1)
    expect(channel.closed).toEqual(['token_expired'])
  })

  it('tells of each session that goes on, so that its permissions are looked at', () => {
    const { enter, change, changed } = openTestRegistrar()
    const { session } = enter(requestOf('alice'))
    change({ permissions: { role: 'guest', publish: [], subscribe: true } })
    expect(changed).toEqual([session])
    expect(session?.permissionsIn('a')).toEqual({ role: 'guest', publish: [], subscribe: true })
  })

  it('leaves alone what it would let in, used tokens too', () => {
    const { enter, change } = openTestRegistrar({ singleUse: true })
    const { channel } = enter(requestOf('alice'))
    change({ singleUse: true, origins: undefined })
    pass(60)
    expect(channel.closed).toEqual([])
  })
})

describe('a revocation', () => {
  it('of a token closes its session and lets it in no more', () => {
    const { enter, change } = openTestRegistrar()
    const [request, other] = [requestOf('alice'), requestOf('alice')]
    const [revoked, kept] = [enter(request), enter(other)]
    change({}, [{ kind: 'token', subject: tokenIdOf(request.token ?? '') }])
    expect([revoked.channel.closed, kept.channel.closed]).toEqual([['session_closed'], []])
    expect(enter(request).code).toBe('token_revoked')
    expect(enter(other).code).toBeUndefined()
  })

  it('of the first token of a session reaches every later one', () => {
    const { enter, renew, change } = openTestRegistrar()
    const request = requestOf('alice')
    const { session, channel } = enter(request)
    if (session === undefined) throw new Error('not admitted')
    expect(renew(session, mint('alice')).ok).toBe(true)
    change({}, [{ kind: 'token', subject: tokenIdOf(request.token ?? '') }])
    expect(channel.closed).toEqual(['session_closed'])
  })

  it('of a user reaches the tokens that were minted until then, and no other user', () => {
    const { enter, change } = openTestRegistrar()
    const [alice, bob] = [enter(requestOf('alice')), enter(requestOf('bob'))]
    const old = requestOf('alice')
    pass(10)
    change({}, [{ kind: 'user', subject: 'alice', revokedAt: START + 9 }])
    expect([alice.channel.closed, bob.channel.closed]).toEqual([['session_closed'], []])
    expect(enter(old).code).toBe('token_revoked')
    expect(enter(requestOf('alice')).code).toBeUndefined()
  })

  it('of a subject token reaches all that it was exchanged for, also where a session has renewed with another', () => {
    const { enter, renew, change } = openTestRegistrar()
    const of = (subjectTokenHash?: string) => requestOf('alice', { token: mint('alice', { subjectTokenHash }) })
    const [renewed, sibling, other] = [enter(of('banned')), enter(of('banned')), enter(of('other'))]
    expect(renewed.session && renew(renewed.session, of('other').token ?? '').ok).toBe(true)
    change({}, [{ kind: 'subject_token', subject: 'banned' }])
    expect([renewed, sibling, other].map(({ channel }) => channel.closed.length)).toEqual([1, 1, 0])
    expect(['banned', 'other', undefined].map((hash) => enter(of(hash)).code)).toEqual([
      'token_revoked',
      undefined,
      undefined,
    ])
    expect(other.session && renew(other.session, of('banned').token ?? '')).toMatchObject({
      code: 'token_revoked',
    })
  })

  it('until a time keeps a user out whatever they bring, ends their sessions, and lets them in when it is over', () => {
    const policy = { requireToken: false, allowAnyUser: true }
    const { enter, renew, change } = openTestRegistrar(policy)
    const [alice, bob] = [enter(requestOf('alice')), enter(requestOf('bob'))]
    pass(10)
    change(policy, [{ kind: 'ban', subject: 'alice', revokedAt: START, forgetAt: START + 60 }])
    expect([alice.channel.closed, bob.channel.closed]).toEqual([['session_closed'], []])
    const attempts = () => [
      requestOf('alice'),
      requestOf('alice', { token: undefined }),
      requestOf('alice', { token: mint('ApiKey_Token') }),
    ]
    expect(attempts().map((request) => enter(request).code)).toEqual(Array(3).fill('user_banned'))
    expect(alice.session && renew(alice.session, mint('alice'))).toMatchObject({ publicCode: 'user_banned' })
    pass(49.9)
    expect(attempts().map((request) => enter(request).code)).toEqual(Array(3).fill('user_banned'))
    pass(0.1)
    expect(attempts().map((request) => enter(request).code)).toEqual(Array(3).fill(undefined))
  })

  it('of a user who was let in without a token, or with one for any user, reaches them too', () => {
    const { enter, change } = openTestRegistrar({ requireToken: false, allowAnyUser: true })
    const [anonymous, wildcard] = [
      enter(requestOf('alice', { token: undefined })),
      enter(requestOf('alice', { token: mint('ApiKey_Token') })),
    ]
    change({ requireToken: false, allowAnyUser: true }, [{ kind: 'user', subject: 'alice', revokedAt: START }])
    expect([anonymous.channel.closed, wildcard.channel.closed]).toEqual([['session_closed'], ['session_closed']])
  })

  it.each(['user', 'everything'] as const)(
    'of %s reaches sessions without a token that were opened until then',
    (kind) => {
      const { enter, change } = openTestRegistrar({ requireToken: false })
      const anonymous = () => enter(requestOf('alice', { token: undefined }))
      pass(0.7)
      const before = anonymous()
      pass(10)
      const revocation = { kind, subject: kind === 'user' ? 'alice' : '', revokedAt: START + 5 }
      change({ requireToken: false }, [revocation])
      expect(before.channel.closed).toEqual(['session_closed'])
      const after = anonymous()
      change({ requireToken: false }, [revocation])
      expect([after.code, after.channel.closed]).toEqual([undefined, []])
    },
  )

  it.each(['first', 'middle', 'last'])('of the %s token of a session ends it', (jti) => {
    const { renew, enter, change } = openTestRegistrar()
    const tokens = ['first', 'middle', 'last'].map((tokenId) => [tokenId, mint('alice')] as const)
    const ids = new Map(
      tokens.map(([name, token]) => [name, JSON.parse(atob(token.split('.')[1] ?? '')).jti as string]),
    )
    const { session, channel } = enter(requestOf('alice', { token: tokens[0]?.[1] }))
    for (const [, token] of tokens.slice(1)) expect(session && renew(session, token).ok).toBe(true)
    change({}, [{ kind: 'token', subject: ids.get(jti) ?? '', revokedAt: START }])
    expect(channel.closed).toEqual(['session_closed'])
  })

  it('of a signing key reaches what it has signed, with "kid" in the header or without', () => {
    const { enter, change } = openTestRegistrar()
    const [named, nameless] = [requestOf('alice'), requestOf('bob', { token: mint('bob', {}, '') })]
    const entered = [enter(named), enter(nameless)]
    change({}, [{ kind: 'signing_key', subject: 'one' }])
    expect(entered.map(({ channel }) => channel.closed)).toEqual([['session_closed'], ['session_closed']])
    expect([enter(named).code, enter(nameless).code]).toEqual(['token_revoked', 'token_revoked'])
  })

  it('of everything reaches what was minted until then', () => {
    const { enter, change } = openTestRegistrar()
    const { channel } = enter(requestOf('alice'))
    pass(5)
    change({}, [{ kind: 'everything', revokedAt: START + 4 }])
    expect(channel.closed).toEqual(['session_closed'])
    expect(enter(requestOf('alice')).code).toBeUndefined()
  })

  it('is the code that the client gets, and the owner sees which check it was', () => {
    const { registrar, change } = openTestRegistrar()
    const request = requestOf('alice')
    change({}, [{ kind: 'everything', revokedAt: START }])
    const answer = registrar.answer(request)
    expect(answer).toMatchObject({ ok: false, code: 'token_revoked', publicCode: 'token_revoked' })
    const outcomes = answer.ok ? [] : answer.checks.slice(-7).map(({ check, outcome }) => [check, outcome])
    expect(outcomes).toEqual([
      ['user_id', 'passed'],
      ['policy', 'passed'],
      ['origin', 'passed'],
      ['revocation', 'failed'],
      ['single_use', 'not reached'],
      ['session_limit', 'not reached'],
      ['registration_rate', 'not reached'],
    ])
  })
})
