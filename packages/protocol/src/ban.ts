import { z } from 'zod'

/** The longest ban that an owner can set, in seconds: 366 days. */
export const MAX_BAN_SECONDS = 31_622_400
/** The longest ban that a moderator can set, in seconds: 24 hours. It holds for the whole API key. */
export const MAX_MODERATOR_BAN_SECONDS = 86_400

/** The schema of a {@link Ban} that refuses a user for at most that long. */
export function banUpTo(maxSeconds: number) {
  return z.union([
    z.enum(['tokens', 'user']),
    z.strictObject({ userForSeconds: z.int().min(1).max(maxSeconds) }).readonly(),
  ])
}

/**
 * What is refused after a session was closed:
 * - `tokens`: every token that the session presented and, where one was exchanged for a token of an identity provider, that token and
 *   all others that it was exchanged for. Another token is admitted.
 * - `user`: every token of the user that was issued until now, those of identity providers too. A token issued later is admitted.
 * - `userForSeconds`: the user, whatever token they bring, until that many seconds have passed.
 *
 * @useDeclaredType
 */
export type Ban = z.infer<ReturnType<typeof banUpTo>>
