import type { Clock } from '../../clock.ts'
import type { Keyring } from '../../keyring/keyring.ts'
import type { Throttle } from '../../meter/throttle.ts'
import type { Log } from '../../observe/log.ts'
import type { Ledger } from '../../records.ts'

/** What the OAuth endpoints need of the house. */
export interface OAuthDesk {
  readonly keyring: Pick<Keyring, 'find' | 'fetchKeysFor' | 'isSecretOf' | 'publicKeysOf'>
  readonly store: Pick<Ledger, 'together'>
  readonly clock: Clock
  readonly log: Log
  /** Slows clients whose secret is not good. */
  readonly throttle: Throttle
  /** Where clients reach the platform, such as `https://rtc.example.com`. */
  readonly publicUrl: () => string
}
