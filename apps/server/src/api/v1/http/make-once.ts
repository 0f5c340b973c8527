import { createHash } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import { z } from 'zod'
import { type AnsweredRequest, KEEP_ANSWERS_SECONDS } from '../../../account/answered-request.ts'
import type { Note, TransactionContext } from '../../../make-change.ts'
import { type Seal, SealBrokenError } from '../../../vault/seal.ts'
import type { ApiContext } from './api-context.ts'
import { callerOf } from './guard.ts'
import { makeRequestedChange } from './make-requested-change.ts'
import { ProblemError } from './problem-error.ts'

/** The longest `Idempotency-Key`, in characters. */
export const MAX_IDEMPOTENCY_KEY_LENGTH = 128

export const onceHeadersSchema = z.object({
  'idempotency-key': z
    .string()
    .min(1)
    .max(MAX_IDEMPOTENCY_KEY_LENGTH)
    .optional()
    .describe(
      'Names the request: where it is repeated within a day, what was made is answered again, and nothing more is made.',
    ),
})

/** Creates something and records who did; if the request has an `Idempotency-Key` that was already used, repeats that response. */
export function makeOnce<T>(
  context: ApiContext,
  request: FastifyRequest,
  make: (transaction: TransactionContext, note: Note) => Promise<T>,
): Promise<T> {
  const name = request.headers['idempotency-key']
  if (typeof name !== 'string') return makeRequestedChange(context, request, make)
  const { accountId } = callerOf(request).account
  const { method, url, body } = request
  const fingerprint = digest([method, url])
  // A body may contain a password, whose plain digest could be guessed from a copy of the store, so the digest is encrypted.
  const asked = digest([body])
  const place = `answered once\n${accountId}\n${name}`
  return makeRequestedChange(context, request, async (transaction, note) => {
    const now = context.clock.now()
    const kept = await transaction.store.findAnswer(accountId, name)
    const known =
      kept !== undefined && kept.createdAt > now - KEEP_ANSWERS_SECONDS ? open(context.seal, kept, place) : undefined
    if (kept !== undefined && known !== undefined) {
      const answered: Answered<T> = JSON.parse(known)
      if (kept.fingerprint === fingerprint && answered.asked === asked) return answered.made
      throw new ProblemError(409, 'conflict', 'Another request has had this idempotency key. Give each its own.')
    }
    const made = await make(transaction, note)
    const sealed = context.seal.close(JSON.stringify({ asked, made } satisfies Answered<T>), place)
    const masterKeyVersion = context.seal.version
    await transaction.store.keepAnswer({
      accountId,
      idempotencyKey: name,
      fingerprint,
      sealed,
      masterKeyVersion,
      createdAt: Math.floor(now),
    })
    return made
  })
}

// If the master key was rotated since, the request counts as new.
function open(seal: Seal, { sealed, masterKeyVersion }: AnsweredRequest, place: string): string | undefined {
  try {
    return seal.open(sealed, place, masterKeyVersion)
  } catch (error) {
    if (error instanceof SealBrokenError) return undefined
    throw error
  }
}

interface Answered<T> {
  /** The digest of the body. */
  readonly asked: string
  readonly made: T
}

function digest(asked: readonly unknown[]): string {
  return createHash('sha256').update(JSON.stringify(asked)).digest('hex')
}
