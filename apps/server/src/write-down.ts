import type { ChangeContext } from './api-key/change-context.ts'
import { type Author, makeChange, type Noted } from './make-change.ts'
import type { Log } from './observe/log.ts'
import type { Ledger } from './records.ts'
import { StoreDownError } from './store-down.ts'

/** Writes down what somebody has done to what is live. Answers whether it is in the audit trail. */
export type WriteDown = (author: Author, noted: Noted) => Promise<boolean>

/**
 * What is live is closed whether the store answers or not: in an emergency nobody waits for it. What the audit trail cannot take
 * is in the log then.
 */
export function createWriteDown(
  context: Omit<ChangeContext, 'store'> & { readonly store: Ledger },
  log: Pick<Log, 'error'>,
): WriteDown {
  return async (author, noted) => {
    try {
      await makeChange(context, author, async (_context, note) => note(noted))
      return true
    } catch (error) {
      log.error({ err: error, ...author, noted }, 'this was done, and could not be written into the audit trail')
      if (!(error instanceof StoreDownError)) throw error
      return false
    }
  }
}
