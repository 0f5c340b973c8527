import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { RegistrationRequest } from '../admission/registration-request.ts'
import { DEFAULT_POLICY, type Policy } from '../policy/policy.ts'
import type { Session } from '../session/session.ts'
import { mint, openTestRegistrar, requestOf } from './registrar.fixture.ts'
import type { Registrar } from './registrar.ts'

beforeEach(() => {
  vi.useFakeTimers({ now: 1_000_000_000_000 })
})
afterEach(() => {
  vi.useRealTimers()
})

function pass(seconds: number): void {
  vi.advanceTimersByTime(seconds * 1000)
}

function limits(rateLimits: Partial<Policy['rateLimits']>): Partial<Policy> {
  return { rateLimits: { ...DEFAULT_POLICY.rateLimits, ...rateLimits } }
}

/** Asks the registrar as the gate does. */
function putTo(registrar: Registrar, request: RegistrationRequest) {
  return registrar.countAttempt(request.apiKey, request) ?? registrar.answer(request)
}

function opened<T extends { readonly session: Session | undefined }>(entered: T): Session {
  if (entered.session === undefined) throw new Error('not admitted')
  return entered.session
}

describe('a limit of registrations', () => {
  it('lets a user in so often at once and then evenly, and leaves other users alone', () => {
    const { enter, registrar } = openTestRegistrar(limits({ registrationsPerMinute: 3 }))
    const codes = Array.from({ length: 4 }, () => enter(requestOf('alice')).code)
    expect(codes).toEqual([undefined, undefined, undefined, 'rate_limited'])
    expect(registrar.answer(requestOf('alice'))).toMatchObject({ publicCode: 'rate_limited', retryAfterSeconds: 20 })
    expect(enter(requestOf('bob')).code).toBeUndefined()
    pass(19)
    expect(enter(requestOf('alice')).code).toBe('rate_limited')
    pass(1)
    expect([enter(requestOf('alice')).code, enter(requestOf('alice')).code]).toEqual([undefined, 'rate_limited'])
  })

  it('is not used up by forged tokens, nor by refused ones', () => {
    const { enter, change } = openTestRegistrar(limits({ registrationsPerMinute: 1 }))
    const elsewhere = { origins: ['https://shop.example'], ...limits({ registrationsPerMinute: 1 }) }
    for (let request = 0; request < 50; request++) {
      enter(requestOf('alice', { token: `${mint('alice').slice(0, -8)}AAAAAAAA` }))
      enter(requestOf('alice', { token: mint('bob') }))
    }
    change(elsewhere)
    expect(enter(requestOf('alice', { origin: 'https://else.example' })).code).toBe('origin_refused')
    expect(enter(requestOf('alice', { origin: 'https://shop.example' })).code).toBeUndefined()
  })

  it('is not used up by a dry run', () => {
    const { enter, registrar } = openTestRegistrar(limits({ registrationsPerMinute: 1 }))
    for (let run = 0; run < 10; run++) expect(registrar.answer(requestOf('alice')).ok).toBe(true)
    expect(enter(requestOf('alice')).code).toBeUndefined()
    expect(registrar.answer(requestOf('alice'))).toMatchObject({ ok: false, code: 'rate_limited' })
  })

  it('does not count renewals, and refuses none', () => {
    const { enter, renew } = openTestRegistrar(limits({ registrationsPerMinute: 2 }))
    const session = opened(enter(requestOf('alice')))
    for (let renewal = 0; renewal < 10; renewal++) expect(renew(session, mint('alice')).ok).toBe(true)
    expect(enter(requestOf('alice')).code).toBeUndefined()
    expect(enter(requestOf('alice')).code).toBe('rate_limited')
    expect(renew(session, mint('alice')).ok).toBe(true)
  })

  it('closes nobody who is in when it is set, and binds from then on', () => {
    const { enter, change } = openTestRegistrar()
    const entered = [enter(requestOf('alice')), enter(requestOf('alice'))]
    change(limits({ registrationsPerMinute: 1 }))
    expect(entered.map(({ channel }) => channel.closed)).toEqual([[], []])
    expect([enter(requestOf('alice')).code, enter(requestOf('alice')).code]).toEqual([undefined, 'rate_limited'])
    change({})
    expect(enter(requestOf('alice')).code).toBeUndefined()
  })

  it('is shown to the owner as the last check of the policy', () => {
    const { enter, registrar } = openTestRegistrar(limits({ registrationsPerMinute: 1 }))
    enter(requestOf('alice'))
    const answer = registrar.answer(requestOf('alice'))
    const checks = answer.ok ? [] : answer.checks.slice(-2)
    expect(checks).toEqual([
      { check: 'session_limit', outcome: 'passed' },
      {
        check: 'registration_rate',
        outcome: 'failed',
        message: 'The user has reached the limit of 1 registrations per minute',
      },
    ])
  })
})

describe('a limit on connection attempts', () => {
  const home = { address: '192.0.2.7' }

  it('counts every attempt from an address, and looks at no token beyond the limit', () => {
    const { registrar } = openTestRegistrar(limits({ connectionAttemptsPerMinute: 3 }))
    const attempts = [requestOf('alice', home), requestOf('bob', { ...home, token: 'a.b.c' }), requestOf('carol', home)]
    expect(attempts.map((request) => putTo(registrar, request).ok)).toEqual([true, false, true])
    const answer = putTo(registrar, requestOf('dave', home))
    expect(answer).toMatchObject({ ok: false, code: 'rate_limited', publicCode: 'rate_limited', retryAfterSeconds: 20 })
    const [first, ...rest] = answer.ok ? [] : answer.checks
    expect(first).toMatchObject({ check: 'connection_rate', outcome: 'failed' })
    expect(new Set(rest.map(({ outcome }) => outcome))).toEqual(new Set(['not reached']))
    pass(20)
    expect(putTo(registrar, requestOf('dave', home)).ok).toBe(true)
  })

  it('does not affect others, and counts an IPv6 network as one', () => {
    const { registrar } = openTestRegistrar(limits({ connectionAttemptsPerMinute: 1 }))
    const request = (address: string | undefined) => putTo(registrar, requestOf('alice', { address })).ok
    expect([request('192.0.2.7'), request('192.0.2.8'), request('::ffff:192.0.2.7')]).toEqual([true, true, false])
    expect([request('2001:db8::1'), request('2001:db8::ffff'), request('2001:db8:1::1')]).toEqual([true, false, true])
  })

  it('counts those whose address is not known any more as one', () => {
    const { registrar } = openTestRegistrar(limits({ connectionAttemptsPerMinute: 1 }))
    expect([1, 2].map(() => putTo(registrar, requestOf('alice')).ok)).toEqual([true, false])
    expect(putTo(registrar, requestOf('alice', home)).ok).toBe(true)
  })

  it('is not used up by a dry run, nor by a renewal', () => {
    const { registrar, renew, enter } = openTestRegistrar(limits({ connectionAttemptsPerMinute: 1 }))
    const session = opened(enter(requestOf('alice', home)))
    for (let run = 0; run < 10; run++) registrar.answer(requestOf('alice', home))
    expect(renew(session, mint('alice')).ok).toBe(true)
    expect([putTo(registrar, requestOf('alice', home)).ok, putTo(registrar, requestOf('alice', home)).ok]).toEqual([
      true,
      false,
    ])
  })

  it('there is none for an API key that nobody has: it is answered as ever', () => {
    const { registrar } = openTestRegistrar(limits({ connectionAttemptsPerMinute: 1 }))
    const stranger = requestOf('alice', { ...home, apiKey: 'nobody' })
    for (let request = 0; request < 5; request++) {
      expect(putTo(registrar, stranger)).toMatchObject({ code: 'api_key_unknown', publicCode: 'token_invalid' })
    }
    expect(putTo(registrar, requestOf('alice', home)).ok).toBe(true)
  })
})
