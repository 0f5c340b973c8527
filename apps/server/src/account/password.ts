import { hash, verify } from '@node-rs/argon2'

/** The fewest characters of a password (NIST SP 800-63B section 3.1.1.2 asks for 15 where it is the only factor). */
export const MIN_PASSWORD_LENGTH = 15
/** The longest password, in characters. */
export const MAX_PASSWORD_LENGTH = 256

// Argon2id, as the library has it by default, with what OWASP's cheat sheet on password storage asks for: 19 MiB, two
// passes, one lane.
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }

export function hashPassword(password: string): Promise<string> {
  return hash(password, COST)
}

let decoy: Promise<string> | undefined

/**
 * Whether a password is the one that was hashed.
 *
 * @param passwordHash nothing where there is no such account: that takes as long, and is never so.
 */
export async function isPassword(password: string, passwordHash: string | undefined): Promise<boolean> {
  decoy ??= hashPassword('nobody has this')
  const holds = await verify(passwordHash ?? (await decoy), password)
  return holds && passwordHash !== undefined
}
