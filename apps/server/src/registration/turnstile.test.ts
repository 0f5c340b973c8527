import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Knock } from '../admission/registration-request.ts'
import { DEFAULT_POLICY, type Policy } from '../policy/policy.ts'
import type { Session } from '../session/session.ts'
import { knockOf, mint, openTestDoor } from './registrar.fixture.ts'
import type { Door } from './registrar.ts'

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

/** Puts a knock to the door as the gate does. */
function putTo(door: Door, knock: Knock) {
  return door.countKnock(knock.apiKey, knock) ?? door.answer(knock)
}

function opened<T extends { readonly session: Session | undefined }>(entered: T): Session {
  if (entered.session === undefined) throw new Error('not admitted')
  return entered.session
}

describe('a limit of registrations', () => {
  it('lets a user in so often at once and then evenly, and leaves other users alone', () => {
    const { enter, door } = openTestDoor(limits({ registrationsPerMinute: 3 }))
    const codes = Array.from({ length: 4 }, () => enter(knockOf('alice')).code)
    expect(codes).toEqual([undefined, undefined, undefined, 'rate_limited'])
    expect(door.answer(knockOf('alice'))).toMatchObject({ publicCode: 'rate_limited', retryAfterSeconds: 20 })
    expect(enter(knockOf('bob')).code).toBeUndefined()
    pass(19)
    expect(enter(knockOf('alice')).code).toBe('rate_limited')
    pass(1)
    expect([enter(knockOf('alice')).code, enter(knockOf('alice')).code]).toEqual([undefined, 'rate_limited'])
  })

  it('is not used up by forged tokens, nor by those that the door refuses', () => {
    const { enter, change } = openTestDoor(limits({ registrationsPerMinute: 1 }))
    const elsewhere = { origins: ['https://shop.example'], ...limits({ registrationsPerMinute: 1 }) }
    for (let knock = 0; knock < 50; knock++) {
      enter(knockOf('alice', { token: `${mint('alice').slice(0, -8)}AAAAAAAA` }))
      enter(knockOf('alice', { token: mint('bob') }))
    }
    change(elsewhere)
    expect(enter(knockOf('alice', { origin: 'https://else.example' })).code).toBe('origin_refused')
    expect(enter(knockOf('alice', { origin: 'https://shop.example' })).code).toBeUndefined()
  })

  it('is not used up by a dry run', () => {
    const { enter, door } = openTestDoor(limits({ registrationsPerMinute: 1 }))
    for (let run = 0; run < 10; run++) expect(door.answer(knockOf('alice')).ok).toBe(true)
    expect(enter(knockOf('alice')).code).toBeUndefined()
    expect(door.answer(knockOf('alice'))).toMatchObject({ ok: false, code: 'rate_limited' })
  })

  it('does not count renewals, and refuses none', () => {
    const { enter, renew } = openTestDoor(limits({ registrationsPerMinute: 2 }))
    const session = opened(enter(knockOf('alice')))
    for (let renewal = 0; renewal < 10; renewal++) expect(renew(session, mint('alice')).ok).toBe(true)
    expect(enter(knockOf('alice')).code).toBeUndefined()
    expect(enter(knockOf('alice')).code).toBe('rate_limited')
    expect(renew(session, mint('alice')).ok).toBe(true)
  })

  it('closes nobody who is in when it is set, and binds from then on', () => {
    const { enter, change } = openTestDoor()
    const entered = [enter(knockOf('alice')), enter(knockOf('alice'))]
    change(limits({ registrationsPerMinute: 1 }))
    expect(entered.map(({ channel }) => channel.closed)).toEqual([[], []])
    expect([enter(knockOf('alice')).code, enter(knockOf('alice')).code]).toEqual([undefined, 'rate_limited'])
    change({})
    expect(enter(knockOf('alice')).code).toBeUndefined()
  })

  it('is told to the owner as the last check of the door', () => {
    const { enter, door } = openTestDoor(limits({ registrationsPerMinute: 1 }))
    enter(knockOf('alice'))
    const answer = door.answer(knockOf('alice'))
    const checks = answer.ok ? [] : answer.checks.slice(-2)
    expect(checks).toEqual([
      { check: 'session_limit', outcome: 'passed' },
      {
        check: 'registration_rate',
        outcome: 'failed',
        message: 'More registrations than 1 a minute have come from the user',
      },
    ])
  })
})

describe('a limit of knocks', () => {
  const home = { address: '192.0.2.7' }

  it('counts every knock of an address, whatever it brings, and looks at no token beyond it', () => {
    const { door } = openTestDoor(limits({ knocksPerMinute: 3 }))
    const knocks = [knockOf('alice', home), knockOf('bob', { ...home, token: 'a.b.c' }), knockOf('carol', home)]
    expect(knocks.map((knock) => putTo(door, knock).ok)).toEqual([true, false, true])
    const answer = putTo(door, knockOf('dave', home))
    expect(answer).toMatchObject({ ok: false, code: 'rate_limited', publicCode: 'rate_limited', retryAfterSeconds: 20 })
    const [first, ...rest] = answer.ok ? [] : answer.checks
    expect(first).toMatchObject({ check: 'knock_rate', outcome: 'failed' })
    expect(new Set(rest.map(({ outcome }) => outcome))).toEqual(new Set(['not reached']))
    pass(20)
    expect(putTo(door, knockOf('dave', home)).ok).toBe(true)
  })

  it('lets others knock, and counts an IPv6 network as one', () => {
    const { door } = openTestDoor(limits({ knocksPerMinute: 1 }))
    const knock = (address: string | undefined) => putTo(door, knockOf('alice', { address })).ok
    expect([knock('192.0.2.7'), knock('192.0.2.8'), knock('::ffff:192.0.2.7')]).toEqual([true, true, false])
    expect([knock('2001:db8::1'), knock('2001:db8::ffff'), knock('2001:db8:1::1')]).toEqual([true, false, true])
  })

  it('counts those whose address is not known any more as one', () => {
    const { door } = openTestDoor(limits({ knocksPerMinute: 1 }))
    expect([1, 2].map(() => putTo(door, knockOf('alice')).ok)).toEqual([true, false])
    expect(putTo(door, knockOf('alice', home)).ok).toBe(true)
  })

  it('is not used up by a dry run, nor by a renewal', () => {
    const { door, renew, enter } = openTestDoor(limits({ knocksPerMinute: 1 }))
    const session = opened(enter(knockOf('alice', home)))
    for (let run = 0; run < 10; run++) door.answer(knockOf('alice', home))
    expect(renew(session, mint('alice')).ok).toBe(true)
    expect([putTo(door, knockOf('alice', home)).ok, putTo(door, knockOf('alice', home)).ok]).toEqual([true, false])
  })

  it('there is none for an API key that nobody has: it is answered as ever', () => {
    const { door } = openTestDoor(limits({ knocksPerMinute: 1 }))
    const stranger = knockOf('alice', { ...home, apiKey: 'nobody' })
    for (let knock = 0; knock < 5; knock++) {
      expect(putTo(door, stranger)).toMatchObject({ code: 'api_key_unknown', publicCode: 'token_invalid' })
    }
    expect(putTo(door, knockOf('alice', home)).ok).toBe(true)
  })
})
