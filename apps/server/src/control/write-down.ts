import type { KeyOffice } from '../keyring/office.ts'
import { StoreDownError } from '../keyring/store-down.ts'
import { makeChange, type Noted } from '../make-change.ts'
import type { Log } from '../observe/log.ts'
import type { Ledger } from '../records.ts'

/** Writes down what somebody at the command line has done. Answers whether it is in the audit trail. */
export type WriteDown = (by: string | undefined, noted: Noted) => Promise<boolean>

/**
 * What is live is closed whether the store answers or not: in an emergency nobody waits for it. What the audit trail cannot take
 * is in the log then.
 */
export function createWriteDown(
  office: Omit<KeyOffice, 'store'> & { readonly store: Ledger },
  log: Pick<Log, 'error'>,
): WriteDown {
  return async (by, noted) => {
    const actor = { kind: 'command_line', id: undefined, name: by } as const
    try {
      await makeChange(office, { actor, address: undefined }, async (_office, note) => note(noted))
      return true
    } catch (error) {
      if (!(error instanceof StoreDownError)) throw error
      log.error({ err: error, actor, noted }, 'this was done, and could not be written into the audit trail')
      return false
    }
  }
}
