import type { SigningKey, SigningKeyState } from './signing-key.ts'

const DAY = 86_400
/** For how long after a token was last admitted its key counts as in use, in seconds: as long as a token lives at most. */
export const IN_USE_SECONDS = DAY
/** How long a key that no token has ever named is waited for, in seconds, before it is pointed out. */
export const NEVER_USED_SECONDS = 30 * DAY
/** From when on a secret is pointed out as old, in seconds. */
export const OLD_SECONDS = 365 * DAY

export const KEY_ADVICE = ['rotate', 'retire', 'change_over'] as const
/** What to do about a signing key: rotate an old secret, retire what is not used, or change over from what is about to end. */
export type KeyAdvice = (typeof KEY_ADVICE)[number]

/** How much a signing key is used. */
export interface KeyUse {
  /** Seconds since 1970; nothing where no token of it was ever admitted. */
  readonly lastUsedAt: number | undefined
  /** The live sessions that a token of it opened or renewed last; nothing where that is not known. */
  readonly sessions: number | undefined
}

export interface UsedKey extends Pick<SigningKey, 'kind' | 'createdAt'>, KeyUse {
  readonly state: SigningKeyState
}

export function isInUse({ lastUsedAt, sessions = 0 }: KeyUse, now: number): boolean {
  return sessions > 0 || (lastUsedAt !== undefined && now - lastUsedAt < IN_USE_SECONDS)
}

/** Whether any of the others was used after a key was: then the back end has gone over, or uses both. */
export function isFollowed({ lastUsedAt = 0 }: KeyUse, others: readonly KeyUse[]): boolean {
  return others.some((other) => (other.sessions ?? 0) > 0 || (other.lastUsedAt ?? 0) > lastUsedAt)
}

/** What the owner of a signing key should do about it, by its use and by that of the other keys of the API key. */
export function adviseOnKey(key: UsedKey, others: readonly UsedKey[], now: number): KeyAdvice | undefined {
  if (key.state === 'retired') return undefined
  if (key.state === 'retiring') return isInUse(key, now) ? 'change_over' : undefined
  if (key.kind === 'secret' && now - key.createdAt > OLD_SECONDS) return 'rotate'
  const inUse = others.filter((other) => other.state === 'active' && isInUse(other, now))
  if (isInUse(key, now) || !isFollowed(key, inUse)) return undefined
  // A key that was just created is not in the back end yet.
  if (key.lastUsedAt === undefined && now - key.createdAt < NEVER_USED_SECONDS) return undefined
  return 'retire'
}
