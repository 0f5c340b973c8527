import type { FastifyRequest } from 'fastify'
import type { AuditEntry } from '../../events/audit.ts'
import type { KeyOffice } from '../../keyring/office.ts'
import type { Records } from '../../records.ts'
import type { Desk } from './desk.ts'
import { callerOf } from './guard.ts'

/** What a change works on: all of it is one transaction. */
export type ChangeOffice = KeyOffice & { readonly store: Records }

/** What is written down of a change; the rest is known. */
export type Noted = Pick<AuditEntry, 'action'> & Partial<Pick<AuditEntry, 'apiKey' | 'subject' | 'before' | 'after'>>

/** Carries out a change and writes down who made it: both or neither. */
export function makeChange<T>(
  { store, seal, clock }: Pick<Desk, 'store' | 'seal' | 'clock'>,
  request: FastifyRequest,
  change: (office: ChangeOffice, note: (noted: Noted) => void) => Promise<T>,
): Promise<T> {
  return store.together(async (records) => {
    const entries: AuditEntry[] = []
    const note = (noted: Noted) => void entries.push(entryOf(request, clock.now(), noted))
    const result = await change({ store: records, seal, now: clock.now }, note)
    for (const entry of entries) await records.appendAudit(entry)
    return result
  })
}

function entryOf(request: FastifyRequest, at: number, noted: Noted): AuditEntry {
  const { account, token } = callerOf(request)
  return {
    at,
    actor: { kind: token === undefined ? 'account' : 'token', id: account.accountId, name: account.email },
    address: request.ip,
    apiKey: undefined,
    subject: token?.tokenId,
    before: undefined,
    after: undefined,
    ...noted,
  }
}
