import type { LogIn } from '../../../account/log-in.ts'
import type { SetUp } from '../../../account/set-up.ts'
import type { Clock } from '../../../clock.ts'
import type { Log } from '../../../observe/log.ts'
import type { Operations } from '../../../operations/operations.ts'
import type { Ledger } from '../../../records.ts'
import type { Seal } from '../../../vault/seal.ts'
import type { WriteDown } from '../../../write-down.ts'
import type { PlatformFacts } from '../schemas/platform-shapes.ts'

/** What the admin API uses of the platform. */
export interface ApiContext {
  readonly store: Ledger
  readonly seal: Seal
  readonly clock: Clock
  readonly log: Log
  readonly operations: Operations
  /** Writes down what was done to what is live. */
  readonly writeDown: WriteDown
  readonly logIn: LogIn
  readonly setUp: SetUp
  /** Whether webhooks are sent to private addresses too, and without encryption. */
  readonly toPrivate: boolean
  /** Puts into force here what was changed in the store. It never fails. */
  readonly refreshNow: () => Promise<void>
  /** Whether identity providers and key sets are asked at private addresses too, and without encryption. */
  readonly privateProviders: boolean
  readonly platform: () => PlatformFacts
  /** Where browsers reach the platform, such as `https://rtc.example.com`. */
  readonly publicUrl: () => string
}
