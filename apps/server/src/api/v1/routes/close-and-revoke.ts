import { type Ban, banUpTo, MAX_BAN_SECONDS } from '@stagedoor/protocol'
import type { FastifyRequest } from 'fastify'
import { z } from 'zod'
import { may } from '../../../account/caller.ts'
import type { CloseAndRevokeOutcome } from '../../../registration/close-and-revoke.ts'
import { callerOf } from '../http/guard.ts'
import { faults, ProblemError } from '../http/problem-error.ts'

export const banSchema = z.strictObject({
  ban: banUpTo(MAX_BAN_SECONDS)
    .optional()
    .describe(
      'What is refused from now on. `tokens`: the tokens that the session presented, and the tokens of an identity provider that ' +
        'they were exchanged for. `user`: every token of the user that was issued until now. `userForSeconds`: the user, whatever ' +
        'token they bring, for that long. The last two need the right `revocations:write` too.',
    ),
})

/** @throws {ProblemError} if the caller can end sessions but not ban users, which goes beyond the session. */
export function requireMayBan(request: FastifyRequest, apiKey: string, ban: Ban | undefined): void {
  if (ban === undefined || ban === 'tokens' || may(callerOf(request), 'revocations:write', apiKey)) return
  throw faults.forbidden('revocations:write')
}

/** @throws {ProblemError} if the session is closed, but the ban could not be stored. */
export function requireBanned(outcome: CloseAndRevokeOutcome | undefined): void {
  if (outcome !== 'unavailable') return
  throw new ProblemError(
    503,
    'unavailable',
    'The session is closed, but the store cannot be reached: nothing is banned. Ban or revoke the user when it can be.',
  )
}
