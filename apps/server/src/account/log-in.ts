import type { Clock } from '../clock.ts'
import { Bucket } from '../rate-limit/bucket.ts'
import { networkOf } from '../rate-limit/network-of.ts'
import { Throttle, type TryName } from '../rate-limit/throttle.ts'
import type { Account, KeptAccount } from './account.ts'
import type { AccountStore } from './account-store.ts'
import { isPassword } from './password.ts'

/** The most logins of one account in progress or waiting, over all networks. */
export const MAX_TRIES_OF_ACCOUNT = 4
/** The most logins from one network, such as an office, in progress or waiting. */
export const MAX_TRIES_OF_NETWORK = 8
/** The most networks that are remembered as known for an account. */
export const MAX_KNOWN_NETWORKS = 10_000
/** The most failed logins per hour in the audit log; the next entry counts the rest. */
export const MAX_RECORDED_FAILURES_PER_HOUR = 100

const RECORDED = { perSecond: MAX_RECORDED_FAILURES_PER_HOUR / 3_600, burst: MAX_RECORDED_FAILURES_PER_HOUR }

export type LoggedIn =
  | { readonly ok: true; readonly account: Account }
  | {
      readonly ok: false
      readonly reason: 'credentials_refused'
      /** The audit entry; undefined if so many failed recently that this one is only counted. */
      readonly record: FailureRecord | undefined
    }
  | { readonly ok: false; readonly reason: 'too_many_logins' }

export interface FailureRecord {
  /** How many earlier failures were not recorded. */
  readonly notRecorded: number
}

/**
 * Checks passwords and delays guessing: per account over all networks, and per network over all accounts. A network from which an account
 * has logged in before has separate limits for that account, so a flood from elsewhere does not lock anyone out.
 */
export class LogIn {
  readonly #store: Pick<AccountStore, 'findAccountByEmail'>
  readonly #clock: Clock
  readonly #throttle: Throttle
  readonly #recorded = new Bucket()
  /** Pairs of account and network that have logged in, the oldest first. */
  readonly #known = new Set<string>()
  #notRecorded = 0

  constructor(store: Pick<AccountStore, 'findAccountByEmail'>, clock: Clock) {
    this.#store = store
    this.#clock = clock
    this.#throttle = new Throttle(clock)
  }

  /** Checks a login. */
  async check(email: string, password: string, address: string): Promise<LoggedIn> {
    return this.#try(email, address, password, () => this.#store.findAccountByEmail(email))
  }

  /** Checks the password of a logged-in account, with the same delays. */
  async confirm(account: KeptAccount, password: string, address: string): Promise<LoggedIn> {
    return this.#try(account.email, address, password, async () => account)
  }

  async #try(
    email: string,
    address: string,
    password: string,
    find: () => Promise<KeptAccount | undefined>,
  ): Promise<LoggedIn> {
    const network = networkOf(address)
    const pair = `account ${email} from ${network}`
    const names = this.#known.has(pair) ? [once(pair)] : namesOf(email, network, pair)
    const turn = await this.#throttle.inTurn(names, async (): Promise<LoggedIn> => {
      const account = await find()
      if (await isPassword(password, account?.passwordHash)) {
        // The network's delay stays: otherwise, someone with an account could guess at other accounts between logins.
        this.#throttle.forgive([nameOfAccount(email), pair])
        this.#remember(pair)
        const { passwordHash: _kept, ...known } = account as KeptAccount
        return { ok: true, account: known }
      }
      this.#throttle.recordFailure(names.map(({ name }) => name))
      return { ok: false, reason: 'credentials_refused', record: this.#record() }
    })
    return turn?.result ?? { ok: false, reason: 'too_many_logins' }
  }

  #remember(pair: string): void {
    this.#known.delete(pair)
    this.#known.add(pair)
    if (this.#known.size > MAX_KNOWN_NETWORKS) this.#known.delete(this.#known.values().next().value as string)
  }

  #record(): FailureRecord | undefined {
    if (this.#recorded.take(RECORDED, this.#clock.now()) > 0) {
      this.#notRecorded++
      return undefined
    }
    const record = { notRecorded: this.#notRecorded }
    this.#notRecorded = 0
    return record
  }
}

function namesOf(email: string, network: string, pair: string): readonly TryName[] {
  return [
    { name: nameOfAccount(email), most: MAX_TRIES_OF_ACCOUNT },
    { name: `network ${network}`, most: MAX_TRIES_OF_NETWORK },
    once(pair),
  ]
}

function nameOfAccount(email: string): string {
  return `account ${email}`
}

function once(name: string): TryName {
  return { name, most: 1 }
}
