import type { RefusalCode } from '@stagedoor/protocol'

/** One check and its outcome. */
export interface CheckResult {
  readonly check: string
  readonly outcome: 'passed' | 'failed' | 'not reached'
  /** What was found. */
  readonly message?: string
}

/** One refusal, as shown to the owner of the API key. */
export interface RefusalReport {
  /** The id that the client got. */
  readonly refusalId: string
  /** Seconds since 1970. */
  readonly at: number
  readonly apiKey: string
  readonly userId: string
  readonly code: RefusalCode
  /** The code that the client got. */
  readonly publicCode: RefusalCode
  readonly message: string
  readonly checks: readonly CheckResult[]
  /** If a time claim is at fault: how far it is ahead of this machine's clock, or behind it. */
  readonly clockDifferenceSeconds: number | undefined
  readonly address: string | undefined
  readonly origin: string | undefined
  readonly userAgent: string | undefined
  /** Whether the signature of a token was valid: without one, strangers can make up any number of attempts. */
  readonly isProven: boolean
}

/** A kept refusal, which represents all its repetitions. The verdict is that of the latest. */
export interface RefusalRecord extends Omit<RefusalReport, 'at' | 'isProven'> {
  /** Of the first one. */
  readonly refusalId: string
  readonly latestRefusalId: string
  readonly firstAt: number
  readonly lastAt: number
  readonly count: number
}
