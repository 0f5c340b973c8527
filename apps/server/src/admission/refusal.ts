import { type CheckOutcome, listChecks, type TokenRefusal } from '@stagedoor/access-token'
import type { RefusalCode } from '@stagedoor/protocol'

/** A knock that was not answered with a session: the whole reason, for the owner of the API key. */
export interface Refusal {
  readonly ok: false
  readonly code: RefusalCode
  /** What may be said of it to whoever knocked. */
  readonly publicCode: RefusalCode
  /** What was found, in one sentence. */
  readonly message: string
  readonly checks: readonly CheckOutcome[]
  /** Where a time claim was at fault: by how much it misses the clock here. */
  readonly clockDifferenceSeconds: number | undefined
}

// These depend on no key, so they tell a stranger nothing about one.
const SAYS_NOTHING_OF_KEYS: readonly RefusalCode[] = ['token_missing', 'token_malformed', 'token_too_large']

/**
 * The refusal of a token. Only one whose signature held learns the precise code; to everybody else an unknown API key, an
 * unknown key, a wrong algorithm and a bad signature are one and the same.
 */
export function refuseToken(verdict: TokenRefusal): Refusal {
  const { code, message, authentic, clockDifferenceSeconds } = verdict
  const checks = listChecks(verdict)
  const precise = authentic || SAYS_NOTHING_OF_KEYS.includes(code)
  return { ok: false, code, publicCode: precise ? code : 'token_invalid', message, checks, clockDifferenceSeconds }
}

/** The same, where there is not even such an API key. */
export function refuseApiKey(verdict: TokenRefusal): Refusal {
  const refusal = refuseToken(verdict)
  if (refusal.publicCode !== 'token_invalid') return refusal
  return { ...refusal, code: 'api_key_unknown', message: 'There is no such API key' }
}
