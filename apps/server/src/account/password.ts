import { hash, verify } from '@node-rs/argon2'

/** The minimum length of a password, in characters (NIST SP 800-63B section 3.1.1.2 requires 15 if it is the only factor). */
export const MIN_PASSWORD_LENGTH = 15
/** The longest password, in characters. */
export const MAX_PASSWORD_LENGTH = 256

// Argon2id with the library's defaults, as in OWASP's cheat sheet on password storage: 19 MiB, two passes, one lane.
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }

export function hashPassword(password: string): Promise<string> {
  return hash(password, COST)
}

let decoy: Promise<string> | undefined

/**
 * Whether a password matches the hash.
 *
 * @param passwordHash undefined if there is no such account: the check takes as long, and fails.
 */
export async function isPassword(password: string, passwordHash: string | undefined): Promise<boolean> {
  decoy ??= hashPassword('nobody has this')
  const holds = await verify(passwordHash ?? (await decoy), password)
  return holds && passwordHash !== undefined
}
