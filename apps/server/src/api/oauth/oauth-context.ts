import type { ProviderKeys } from '@stagedoor/identity'
import type { Clock } from '../../clock.ts'
import type { ExchangeOutcome } from '../../exchange/refusal.ts'
import type { Keyring } from '../../keyring/keyring.ts'
import type { Log } from '../../observe/log.ts'
import type { Throttle } from '../../rate-limit/throttle.ts'
import type { Ledger } from '../../records.ts'

/** The parts of the platform that the OAuth endpoints use. */
export interface OAuthContext {
  readonly keyring: Pick<Keyring, 'find' | 'fetchKeysFor' | 'isSecretOf' | 'publicKeysOf' | 'secretToSign'>
  readonly store: Pick<Ledger, 'transaction'>
  readonly clock: Clock
  readonly log: Log
  readonly providerKeys: Pick<ProviderKeys, 'of'>
  /** Counts token exchanges by outcome. */
  readonly recordExchange: (outcome: ExchangeOutcome) => void
  /** Delays clients with an invalid secret or token. */
  readonly throttle: Throttle
  /** The public URL, such as `https://rtc.example.com`. */
  readonly publicUrl: () => string
}
