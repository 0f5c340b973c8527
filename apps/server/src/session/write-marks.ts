import type { Clock } from '../clock.ts'
import type { UsedToken, UsedTokenStore } from '../keyring/used-token-store.ts'
import { WriteBehind } from '../keyring/write-behind.ts'

/** How soon a mark is written into the store, in seconds. Nobody at the door waits for it. */
export const WRITE_BEHIND_SECONDS = 0.1
/** The most marks of one write; what is beyond follows at once. */
export const MAX_MARKS_PER_WRITE = 1_000

export interface WriteMarksOptions {
  readonly store: Pick<UsedTokenStore, 'addUsedTokens'>
  readonly clock: Clock
  /** Told of the first of several failures in a row; the marks are kept and written when the store answers again. */
  readonly onError: (error: unknown) => void
  /** Told of a mark that the store will not take. */
  readonly onSetAside: (mark: UsedToken, error: unknown) => void
}

/** Writes the marks of used tokens behind, in batches. */
export class MarkWriter extends WriteBehind<UsedToken> {
  constructor({ store, clock, onError, onSetAside }: WriteMarksOptions) {
    super({
      write: (marks) => store.addUsedTokens(marks),
      seconds: WRITE_BEHIND_SECONDS,
      mostPerWrite: MAX_MARKS_PER_WRITE,
      clock,
      onError,
      onSetAside,
      isOfUse: ({ forgetAt }, now) => forgetAt > now,
    })
  }
}
