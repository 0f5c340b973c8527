import type { FastifyRequest } from 'fastify'
import { type Author, makeChange as make, type Note, type TransactionContext } from '../../../make-change.ts'
import type { ApiContext } from './api-context.ts'
import { callerOf } from './guard.ts'

/**
 * Makes a requested change and records who made it: both or neither. The change is in effect when the response is sent.
 */
export async function makeRequestedChange<T>(
  { store, seal, clock, refreshNow }: Pick<ApiContext, 'store' | 'seal' | 'clock' | 'refreshNow'>,
  request: FastifyRequest,
  change: (transaction: TransactionContext, note: Note) => Promise<T>,
): Promise<T> {
  const changed = await make({ store, seal, now: clock.now }, authorOf(request), change)
  await refreshNow()
  return changed
}

/** The caller and its address, for the audit log. */
export function authorOf(request: FastifyRequest): Author {
  const { account, token } = callerOf(request)
  const kind = token === undefined ? 'account' : 'token'
  return { actor: { kind, id: account.accountId, name: account.email }, address: request.ip }
}
