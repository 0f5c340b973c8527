import type { ChangeContext } from './api-key/change-context.ts'
import type { AuditEntry } from './events/audit.ts'
import type { Ledger, Records } from './records.ts'

/** What a change works on, within one transaction. */
export type TransactionContext = ChangeContext & { readonly store: Records }

/** The audit entry of a change, without its actor and time. */
export type Noted = Pick<AuditEntry, 'action'> & Partial<Pick<AuditEntry, 'apiKey' | 'subject' | 'before' | 'after'>>

export type Note = (noted: Noted) => void

/** Who makes a change, and from which address. */
export type Author = Pick<AuditEntry, 'actor' | 'address'>

/** Makes a change and records who made it: both or neither. */
export function makeChange<T>(
  { store, seal, now }: ChangeContext & { readonly store: Ledger },
  author: Author,
  change: (context: TransactionContext, note: Note) => Promise<T>,
): Promise<T> {
  return store.transaction(async (records) => {
    const noted: Noted[] = []
    const result = await change({ store: records, seal, now }, (entry) => noted.push(entry))
    for (const entry of noted) await records.appendAudit({ ...NOTHING, ...author, at: now(), ...entry })
    return result
  })
}

const NOTHING = { apiKey: undefined, subject: undefined, before: undefined, after: undefined }
