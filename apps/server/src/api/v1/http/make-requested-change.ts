import type { FastifyRequest } from 'fastify'
import { type Author, makeChange as make, type Note, type TransactionContext } from '../../../make-change.ts'
import type { ApiContext } from './api-context.ts'
import { callerOf } from './guard.ts'

/**
 * Carries out a change that a request asks for, and writes down who made it: both or neither. It is in force when it is
 * answered.
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

/** Who asks, and from where, as it is written down. */
export function authorOf(request: FastifyRequest): Author {
  const { account, token } = callerOf(request)
  const kind = token === undefined ? 'account' : 'token'
  return { actor: { kind, id: account.accountId, name: account.email }, address: request.ip }
}
