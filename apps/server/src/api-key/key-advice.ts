import type { SigningKey, SigningKeyState } from './signing-key.ts'

const DAY = 86_400
/** How long a key counts as in use after its last admitted token, in seconds: the longest lifetime of a token. */
export const IN_USE_SECONDS = DAY
/** How long a new key can be unused before it is reported, in seconds. */
export const NEVER_USED_SECONDS = 30 * DAY
/** The age from which a secret is reported as old, in seconds. */
export const OLD_SECONDS = 365 * DAY

export const KEY_ADVICE = ['rotate', 'retire', 'change_over'] as const
/** What to do about a signing key: rotate an old secret, retire an unused key, or replace one that retires soon. */
export type KeyAdvice = (typeof KEY_ADVICE)[number]

/** The use of a signing key. */
export interface KeyUse {
  /** Seconds since 1970; undefined if none of its tokens was ever admitted. */
  readonly lastUsedAt: number | undefined
  /** The live sessions whose latest token it signed; undefined if unknown. */
  readonly sessions: number | undefined
}

export interface UsedKey extends Pick<SigningKey, 'kind' | 'createdAt'>, KeyUse {
  readonly state: SigningKeyState
}

export function isInUse({ lastUsedAt, sessions = 0 }: KeyUse, now: number): boolean {
  return sessions > 0 || (lastUsedAt !== undefined && now - lastUsedAt < IN_USE_SECONDS)
}

/** Whether another key was used after this one: then the back end has switched, or uses both. */
export function isFollowed({ lastUsedAt = 0 }: KeyUse, others: readonly KeyUse[]): boolean {
  return others.some((other) => (other.sessions ?? 0) > 0 || (other.lastUsedAt ?? 0) > lastUsedAt)
}

/** What the owner of a signing key should do, based on its use and the use of the API key's other keys. */
export function adviseOnKey(key: UsedKey, others: readonly UsedKey[], now: number): KeyAdvice | undefined {
  if (key.state === 'retired') return undefined
  if (key.state === 'retiring') return isInUse(key, now) ? 'change_over' : undefined
  if (key.kind === 'secret' && now - key.createdAt > OLD_SECONDS) return 'rotate'
  const inUse = others.filter((other) => other.state === 'active' && isInUse(other, now))
  if (isInUse(key, now) || !isFollowed(key, inUse)) return undefined
  // A new key is not configured in the back end yet.
  if (key.lastUsedAt === undefined && now - key.createdAt < NEVER_USED_SECONDS) return undefined
  return 'retire'
}
