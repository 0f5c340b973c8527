import type { Clock } from '../clock.ts'
import type { Account } from './account.ts'
import type { AccountStore } from './account-store.ts'
import { isPassword } from './password.ts'

/** After how many bad logins for one account, or from one address, the next ones are slowed. */
export const FREE_TRIES = 5
/** The longest that a login is made to wait, in seconds. */
export const MAX_WAIT_SECONDS = 2
/** How long a bad login counts, in seconds. */
export const FORGIVE_SECONDS = 900
/** The most logins that are looked at or made to wait at a time; more are turned away. */
export const MAX_LOGINS_AT_A_TIME = 100
const MAX_REMEMBERED = 10_000
const FIRST_WAIT_SECONDS = 0.1

export type LoggedIn =
  | { readonly ok: true; readonly account: Account }
  | { readonly ok: false; readonly reason: 'credentials_refused' | 'too_many_logins' }

/**
 * Checks who logs in. Bad tries for an account, and bad tries from an address, make the next ones wait longer, up to a
 * bound: whoever guesses gets nowhere, and nobody can lock another one out.
 */
export class LogIn {
  readonly #store: Pick<AccountStore, 'findAccountByEmail'>
  readonly #clock: Clock
  /** By account or address. */
  readonly #bad = new Map<string, { count: number; at: number }>()
  #waiting = 0

  constructor(store: Pick<AccountStore, 'findAccountByEmail'>, clock: Clock) {
    this.#store = store
    this.#clock = clock
  }

  async check(email: string, password: string, address: string): Promise<LoggedIn> {
    if (this.#waiting >= MAX_LOGINS_AT_A_TIME) return { ok: false, reason: 'too_many_logins' }
    this.#waiting++
    try {
      const names = [`account ${email}`, `address ${address}`]
      await this.#wait(Math.max(...names.map((name) => this.#waitOf(name))))
      const account = await this.#store.findAccountByEmail(email)
      if (await isPassword(password, account?.passwordHash)) {
        for (const name of names) this.#bad.delete(name)
        const { passwordHash: _kept, ...known } = account as NonNullable<typeof account>
        return { ok: true, account: known }
      }
      for (const name of names) this.#note(name)
      return { ok: false, reason: 'credentials_refused' }
    } finally {
      this.#waiting--
    }
  }

  #waitOf(name: string): number {
    const bad = this.#bad.get(name)
    if (bad === undefined || this.#clock.now() - bad.at > FORGIVE_SECONDS || bad.count < FREE_TRIES) return 0
    return Math.min(MAX_WAIT_SECONDS, FIRST_WAIT_SECONDS * 2 ** (bad.count - FREE_TRIES))
  }

  #note(name: string): void {
    const now = this.#clock.now()
    const before = this.#bad.get(name)
    const count = before !== undefined && now - before.at <= FORGIVE_SECONDS ? before.count : 0
    this.#bad.delete(name)
    this.#bad.set(name, { count: count + 1, at: now })
    if (this.#bad.size > MAX_REMEMBERED) this.#bad.delete(this.#bad.keys().next().value as string)
  }

  #wait(seconds: number): Promise<void> {
    if (seconds === 0) return Promise.resolve()
    return new Promise((done) => {
      this.#clock.after(seconds, done)
    })
  }
}
