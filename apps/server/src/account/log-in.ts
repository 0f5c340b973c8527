import type { Clock } from '../clock.ts'
import { Throttle } from '../meter/throttle.ts'
import type { Account } from './account.ts'
import type { AccountStore } from './account-store.ts'
import { isPassword } from './password.ts'

export type LoggedIn =
  | { readonly ok: true; readonly account: Account }
  | { readonly ok: false; readonly reason: 'credentials_refused' | 'too_many_logins' }

/** Checks who logs in. Bad tries for an account, and bad tries from an address, make the next ones wait. */
export class LogIn {
  readonly #store: Pick<AccountStore, 'findAccountByEmail'>
  readonly #throttle: Throttle

  constructor(store: Pick<AccountStore, 'findAccountByEmail'>, clock: Clock) {
    this.#store = store
    this.#throttle = new Throttle(clock)
  }

  async check(email: string, password: string, address: string): Promise<LoggedIn> {
    const names = [`account ${email}`, `address ${address}`]
    const turn = await this.#throttle.inTurn(names, () => this.#try(email, password, names))
    return turn?.result ?? { ok: false, reason: 'too_many_logins' }
  }

  async #try(email: string, password: string, names: readonly string[]): Promise<LoggedIn> {
    const account = await this.#store.findAccountByEmail(email)
    if (await isPassword(password, account?.passwordHash)) {
      this.#throttle.forgive(names)
      const { passwordHash: _kept, ...known } = account as NonNullable<typeof account>
      return { ok: true, account: known }
    }
    this.#throttle.note(names)
    return { ok: false, reason: 'credentials_refused' }
  }
}
