import type { ChangeContext } from './api-key/change-context.ts'
import { type Author, makeChange, type Noted } from './make-change.ts'
import type { Log } from './observe/log.ts'
import type { Ledger } from './records.ts'
import { StoreDownError } from './store-down.ts'

/** Records a live operation. Returns whether it is in the audit log. */
export type WriteDown = (author: Author, noted: Noted) => Promise<boolean>

/**
 * Live operations run whether or not the store answers: in an emergency, nobody waits for it. If the audit log cannot record one, the
 * log does.
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
