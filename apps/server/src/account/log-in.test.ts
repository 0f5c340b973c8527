import { beforeAll, describe, expect, it } from 'vitest'
import { FORGIVE_SECONDS, FREE_TRIES, MAX_PAUSE_SECONDS, MAX_TRIES_AT_A_TIME } from '../rate-limit/throttle.ts'
import type { Account, KeptAccount } from './account.ts'
import { LogIn, MAX_RECORDED_FAILURES_PER_HOUR, MAX_TRIES_OF_ACCOUNT, MAX_TRIES_OF_NETWORK } from './log-in.ts'
import { hashPassword } from './password.ts'

const PASSWORD = 'a sentence that is long enough'
let passwordHash: string
beforeAll(async () => {
  passwordHash = await hashPassword(PASSWORD)
})

/** Logins with a clock that runs only while a login waits, and that records how long each one waited. */
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
  let held: Promise<void> | undefined
  const store = {
    async findAccountByEmail(email: string) {
      await held
      return email === account.email ? kept() : undefined
    },
  }
  const logIn = new LogIn(store, clock)
  return {
    account,
    kept,
    waits,
    /** Holds every attempt in the store until the returned function is called. */
    hold() {
      let release = (): void => {}
      held = new Promise((done) => {
        release = done
      })
      return () => release()
    },
    confirm: (given: KeptAccount, password: string) => logIn.confirm(given, password, '192.0.2.1'),
    check: (password: string, { email = account.email, address = '192.0.2.1' } = {}) =>
      logIn.check(email, password, address),
    pass: (seconds: number) => {
      now += seconds
    },
  }
}

describe('logging in', () => {
  it('returns the account without its password hash', async () => {
    const { account, check } = open()
    expect(await check(PASSWORD)).toEqual({ ok: true, account })
  })

  it('is refused with a wrong password or an unknown account', async () => {
    const { check } = open()
    expect(await check(`${PASSWORD}!`)).toMatchObject({ ok: false, reason: 'credentials_refused' })
    expect(await check(PASSWORD, { email: 'b@example.com' })).toMatchObject({ reason: 'credentials_refused' })
  })

  it('waits longer after each failure, up to a limit, and still accepts the right password', async () => {
    const { check, waits } = open()
    for (let at = 0; at < FREE_TRIES; at++) await check('wrong')
    expect(waits).toEqual([])
    for (let at = 0; at < 8; at++) await check('wrong')
    expect(waits).toEqual([...waits].sort((one, other) => one - other))
    expect(waits.at(-1)).toBe(MAX_PAUSE_SECONDS)
    expect(await check(PASSWORD)).toMatchObject({ ok: true })
    const before = waits.length
    expect(await check(PASSWORD)).toMatchObject({ ok: true })
    expect(waits).toHaveLength(before)
  })

  it('is delayed per account from any address, and per address for any account', async () => {
    const { check, waits } = open()
    for (let at = 0; at < FREE_TRIES; at++) await check('wrong')
    await check('wrong', { address: '192.0.2.2' })
    await check('wrong', { email: 'b@example.com' })
    expect(waits).toHaveLength(2)
    await check('wrong', { email: 'c@example.com', address: '192.0.2.3' })
    expect(waits).toHaveLength(2)
  })

  it('is not delayed any more after a while', async () => {
    const { check, waits, pass } = open()
    for (let at = 0; at < FREE_TRIES; at++) await check('wrong')
    pass(FORGIVE_SECONDS + 1)
    await check('wrong')
    expect(waits).toEqual([])
  })

  it('from an IPv6 address counts for its whole network', async () => {
    const { check, waits } = open()
    for (let at = 0; at < FREE_TRIES; at++)
      await check('wrong', { email: `${at}@example.com`, address: `2001:db8::${at}` })
    await check('wrong', { email: 'b@example.com', address: '2001:db8::ffff' })
    expect(waits).toHaveLength(1)
  })

  it('succeeds from a known network during a flood of guesses from elsewhere', async () => {
    const { check, hold } = open()
    await check(PASSWORD, { address: '192.0.2.9' })
    const release = hold()
    const guesses = Array.from({ length: 10 * MAX_TRIES_AT_A_TIME }, (_none, at) =>
      check('wrong', { address: `198.51.${at >> 8}.${at & 255}` }),
    )
    const owner = check(PASSWORD, { address: '192.0.2.9' })
    const other = check(PASSWORD, { email: 'b@example.com', address: '192.0.2.10' })
    release()
    expect(await owner).toMatchObject({ ok: true })
    expect(await other).toMatchObject({ reason: 'credentials_refused' })
    const reasons = (await Promise.all(guesses)).map((outcome) => (outcome.ok ? 'in' : outcome.reason))
    expect(reasons.filter((reason) => reason === 'credentials_refused')).toHaveLength(MAX_TRIES_OF_ACCOUNT)
  })

  it('is refused beyond the limit of its network, but not from other networks', async () => {
    const { check, hold } = open()
    const release = hold()
    const flood = Array.from({ length: 10 * MAX_TRIES_AT_A_TIME }, (_none, at) =>
      check('wrong', { email: `${at}@example.com` }),
    )
    const elsewhere = check(PASSWORD, { address: '203.0.113.1' })
    release()
    expect(await elsewhere).toMatchObject({ ok: true })
    const refused = (await Promise.all(flood)).filter((outcome) => !outcome.ok && outcome.reason === 'too_many_logins')
    expect(refused).toHaveLength(10 * MAX_TRIES_AT_A_TIME - MAX_TRIES_OF_NETWORK)
  })

  it('of an own account does not reset the delays of a network', async () => {
    const { check, waits } = open()
    for (let at = 0; at < FREE_TRIES; at++) await check('wrong', { email: `${at}@example.com` })
    expect(await check(PASSWORD)).toMatchObject({ ok: true })
    const before = waits.length
    await check('wrong', { email: 'b@example.com' })
    expect(waits).toHaveLength(before + 1)
  })

  it(`is recorded ${MAX_RECORDED_FAILURES_PER_HOUR} times an hour if it fails, and then only counted`, async () => {
    const { check, pass } = open()
    const records = []
    for (let at = 0; at < MAX_RECORDED_FAILURES_PER_HOUR + 3; at++) {
      const outcome = await check('wrong', { email: `${at}@example.com`, address: `192.0.2.${at}` })
      if (!outcome.ok && outcome.reason === 'credentials_refused') records.push(outcome.record)
    }
    expect(records.filter((record) => record !== undefined)).toHaveLength(MAX_RECORDED_FAILURES_PER_HOUR)
    expect(records.slice(-3)).toEqual([undefined, undefined, undefined])
    pass(3_600)
    expect(await check('wrong')).toMatchObject({ record: { notRecorded: 3 } })
  })

  it('has the same limits when a logged-in account confirms its password', async () => {
    const { kept, confirm, waits } = open()
    expect(await confirm(kept(), PASSWORD)).toMatchObject({ ok: true })
    for (let at = 0; at <= FREE_TRIES; at++) expect(await confirm(kept(), 'wrong')).toMatchObject({ ok: false })
    expect(waits).toHaveLength(1)
  })
})
