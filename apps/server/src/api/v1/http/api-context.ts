import type { LogIn } from '../../../account/log-in.ts'
import type { SetUp } from '../../../account/set-up.ts'
import type { Clock } from '../../../clock.ts'
import type { Log } from '../../../observe/log.ts'
import type { Operations } from '../../../operations/operations.ts'
import type { Ledger } from '../../../records.ts'
import type { Seal } from '../../../vault/seal.ts'
import type { WriteDown } from '../../../write-down.ts'
import type { PlatformFacts } from '../schemas/platform-shapes.ts'

/** The parts of the platform that the admin API uses. */
export interface ApiContext {
  readonly store: Ledger
  readonly seal: Seal
  readonly clock: Clock
  readonly log: Log
  readonly operations: Operations
  /** Records live operations. */
  readonly writeDown: WriteDown
  readonly logIn: LogIn
  readonly setUp: SetUp
  /** Whether webhooks can be sent to private addresses and over `http:`. */
  readonly toPrivate: boolean
  /** Applies changes of the store here. Never fails. */
  readonly refreshNow: () => Promise<void>
  /** Whether identity providers and key sets can be at private addresses and `http:`. */
  readonly privateProviders: boolean
  readonly platform: () => PlatformFacts
  /** The public URL, such as `https://rtc.example.com`. */
  readonly publicUrl: () => string
}
