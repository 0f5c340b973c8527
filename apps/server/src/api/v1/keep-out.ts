import { z } from 'zod'
import type { KeepOutOutcome } from '../../session/keep-out.ts'
import { Fault } from './fault.ts'

export const keepOutSchema = z.strictObject({
  keepOut: z.boolean().default(false).describe('Whether to revoke every token that the session has presented.'),
})

/** @throws {Fault} where the session is closed, but its tokens could not be revoked. */
export function requireKeptOut(outcome: KeepOutOutcome | undefined): void {
  if (outcome !== 'unavailable') return
  throw new Fault(
    503,
    'unavailable',
    'The session is closed, but the store cannot be reached: its tokens are as good as before. Revoke the user in a while.',
  )
}
