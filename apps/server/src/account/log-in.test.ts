import { beforeAll, describe, expect, it } from 'vitest'
import { FORGIVE_SECONDS, FREE_TRIES, MAX_TRIES_AT_A_TIME, MAX_WAIT_SECONDS } from '../meter/throttle.ts'
import type { Account, KeptAccount } from './account.ts'
import { LogIn } from './log-in.ts'
import { hashPassword } from './password.ts'

const PASSWORD = 'a sentence that is long enough'
let passwordHash: string
beforeAll(async () => {
  passwordHash = await hashPassword(PASSWORD)
})

/** Logins by a clock that runs only while somebody waits, and that keeps how long each one waited. */
function open() {
  const account: Account = {
    accountId: 'acc_1',
    email: 'a@example.com',
    name: 'A',
    role: 'owner',
    grants: [],
    createdAt: 0,
  }
  let now = 1_000
  const waits: number[] = []
  const clock = {
    now: () => now,
    after(seconds: number, run: () => void) {
      waits.push(seconds)
      now += seconds
      queueMicrotask(run)
      return () => {}
    },
  }
  const kept = (): KeptAccount => ({ ...account, passwordHash })
  const store = { findAccountByEmail: async (email: string) => (email === account.email ? kept() : undefined) }
  const logIn = new LogIn(store, clock)
  return {
    account,
    waits,
    check: (password: string, { email = account.email, address = '192.0.2.1' } = {}) =>
      logIn.check(email, password, address),
    pass: (seconds: number) => {
      now += seconds
    },
  }
}

describe('logging in', () => {
  it('answers the account, without the hash of its password', async () => {
    const { account, check } = open()
    expect(await check(PASSWORD)).toEqual({ ok: true, account })
  })

  it('is refused with another password, and where there is no such account', async () => {
    const { check } = open()
    expect(await check(`${PASSWORD}!`)).toEqual({ ok: false, reason: 'credentials_refused' })
    expect(await check(PASSWORD, { email: 'b@example.com' })).toEqual({ ok: false, reason: 'credentials_refused' })
  })

  it('waits longer after each bad try, up to a bound, and the right password is good all the same', async () => {
    const { check, waits } = open()
    for (let at = 0; at < FREE_TRIES; at++) await check('wrong')
    expect(waits).toEqual([])
    for (let at = 0; at < 8; at++) await check('wrong')
    expect(waits).toEqual([...waits].sort((one, other) => one - other))
    expect(waits.at(-1)).toBe(MAX_WAIT_SECONDS)
    expect(await check(PASSWORD)).toMatchObject({ ok: true })
    const before = waits.length
    expect(await check(PASSWORD)).toMatchObject({ ok: true })
    expect(waits).toHaveLength(before)
  })

  it('is slowed by account from wherever, and by address for whomever, and for nobody else', async () => {
    const { check, waits } = open()
    for (let at = 0; at < FREE_TRIES; at++) await check('wrong')
    await check('wrong', { address: '192.0.2.2' })
    await check('wrong', { email: 'b@example.com' })
    expect(waits).toHaveLength(2)
    await check('wrong', { email: 'c@example.com', address: '192.0.2.3' })
    expect(waits).toHaveLength(2)
  })

  it('is forgiven after a while', async () => {
    const { check, waits, pass } = open()
    for (let at = 0; at < FREE_TRIES; at++) await check('wrong')
    pass(FORGIVE_SECONDS + 1)
    await check('wrong')
    expect(waits).toEqual([])
  })

  it(`is for ${MAX_TRIES_AT_A_TIME} at a time`, async () => {
    const { check } = open()
    const tries = Array.from({ length: MAX_TRIES_AT_A_TIME + 1 }, (_none, at) => check(PASSWORD, { address: `${at}` }))
    const outcomes = await Promise.all(tries)
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(MAX_TRIES_AT_A_TIME)
    expect(outcomes.at(-1)).toEqual({ ok: false, reason: 'too_many_logins' })
  })
})
