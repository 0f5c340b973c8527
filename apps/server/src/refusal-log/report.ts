import type { RefusalCode } from '@stagedoor/protocol'

/** One check and what became of it. */
export interface CheckResult {
  readonly check: string
  readonly outcome: 'passed' | 'failed' | 'not reached'
  /** What was found. */
  readonly message?: string
}

/** One refusal, as it is told to the owner of the API key. */
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
  /** Where a time claim was at fault: by how much it is ahead of the clock here, or behind. */
  readonly clockDifferenceSeconds: number | undefined
  readonly address: string | undefined
  readonly origin: string | undefined
  readonly userAgent: string | undefined
  /** Whether the signature of a token held: what comes without one, strangers can make up as much of as they like. */
  readonly isProven: boolean
}

/** A refusal as it is kept: once for all that repeat it. The verdict is that of the latest. */
export interface RefusalRecord extends Omit<RefusalReport, 'at' | 'isProven'> {
  /** Of the first. */
  readonly refusalId: string
  readonly latestRefusalId: string
  readonly firstAt: number
  readonly lastAt: number
  readonly count: number
}
