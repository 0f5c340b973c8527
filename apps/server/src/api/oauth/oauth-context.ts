import type { ProviderKeys } from '@stagedoor/identity'
import type { Clock } from '../../clock.ts'
import type { ExchangeOutcome } from '../../exchange/refusal.ts'
import type { Keyring } from '../../keyring/keyring.ts'
import type { Log } from '../../observe/log.ts'
import type { Throttle } from '../../rate-limit/throttle.ts'
import type { Ledger } from '../../records.ts'

/** What the OAuth endpoints use of the platform. */
export interface OAuthContext {
  readonly keyring: Pick<Keyring, 'find' | 'fetchKeysFor' | 'isSecretOf' | 'publicKeysOf' | 'secretToSign'>
  readonly store: Pick<Ledger, 'transaction'>
  readonly clock: Clock
  readonly log: Log
  readonly providerKeys: Pick<ProviderKeys, 'of'>
  /** Counts the exchanges of tokens by what became of them. */
  readonly recordExchange: (outcome: ExchangeOutcome) => void
  /** Slows clients whose secret, or whose token, is not good. */
  readonly throttle: Throttle
  /** Where clients reach the platform, such as `https://rtc.example.com`. */
  readonly publicUrl: () => string
}
