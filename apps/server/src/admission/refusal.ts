import { CHECKS, type CheckOutcome, listChecks, type TokenRefusal } from '@stagedoor/access-token'
import type { RefusalCode } from '@stagedoor/protocol'
import { wholeSeconds } from '../rate-limit/bucket.ts'
import { ATTEMPT_CHECK, POLICY_CHECKS, type PolicyCheck, type PolicyRefusal } from './check-policy.ts'

/** A check of the token or of the policy, and its outcome. */
export interface AttemptCheck extends Omit<CheckOutcome, 'check'> {
  readonly check: CheckOutcome['check'] | PolicyCheck | typeof ATTEMPT_CHECK
}

/** A refused registration, with the full reason for the owner of the API key. */
export interface Refusal {
  readonly ok: false
  readonly code: RefusalCode
  /** The code that the client gets. */
  readonly publicCode: RefusalCode
  /** What was found, in one sentence without its full stop. */
  readonly message: string
  readonly checks: readonly AttemptCheck[]
  /** If a time claim is at fault: its distance from this machine's clock. */
  readonly clockDifferenceSeconds: number | undefined
  /** When to retry, if a rate limit was exceeded. */
  readonly retryAfterSeconds?: number | undefined
}

// These depend on no key, so they reveal nothing about one.
const SAYS_NOTHING_OF_KEYS: readonly RefusalCode[] = ['token_missing', 'token_malformed', 'token_too_large']

/**
 * The refusal of a token. Only a client whose signature is valid gets the precise code. For all others, an unknown API key, an unknown key,
 * a wrong algorithm and an invalid signature are indistinguishable.
 */
export function refuseToken(verdict: TokenRefusal): Refusal {
  const { code, message, authentic, clockDifferenceSeconds } = verdict
  const precise = authentic || SAYS_NOTHING_OF_KEYS.includes(code)
  const checks = [...listChecks(verdict), ...listPolicyChecks(undefined)]
  return { ok: false, code, publicCode: precise ? code : 'token_invalid', message, checks, clockDifferenceSeconds }
}

/**
 * The same for an API key that is unknown or disabled: the client gets the same answer for both, the owner does not.
 */
export function refuseApiKey(verdict: TokenRefusal, isDisabled: boolean): Refusal {
  const refusal = refuseToken(verdict)
  if (refusal.publicCode !== 'token_invalid') return refusal
  const message = isDisabled
    ? 'The API key is disabled, so it admits nobody until it is enabled'
    : 'There is no such API key'
  return { ...refusal, code: 'api_key_unknown', message }
}

/** A verdict that tells the owner that the token names another API key, so its signing keys are not searched here. */
export function asForeign(verdict: TokenRefusal): TokenRefusal {
  const message = `${verdict.message}; and its "sub" names another API key than the one it was presented to`
  return { ...verdict, message }
}

/** The same for a token whose key may be published but could not be fetched. */
export function refuseForWantOfKeys(verdict: TokenRefusal): Refusal {
  const refusal = refuseToken(verdict)
  if (verdict.code !== 'key_unknown') return refusal
  const message = 'The published keys of this API key could not be fetched'
  return { ...refusal, code: 'unavailable', publicCode: 'unavailable', message }
}

/**
 * The refusal of a registration whose token is valid, or that needs none.
 *
 * @param hasToken whether there was a token, whose checks are then included.
 */
export function refuseByPolicy({ code, check, message, retryAfterSeconds }: PolicyRefusal, hasToken: boolean): Refusal {
  const checks = [...(hasToken ? listChecks({ ok: true }) : []), ...listPolicyChecks({ check, message })]
  return { ok: false, code, publicCode: code, message, checks, clockDifferenceSeconds: undefined, retryAfterSeconds }
}

/** The refusal of an attempt from an address with too many attempts. Its token was not read. */
export function refuseAttempt(connectionAttemptsPerMinute: number, waitSeconds: number): Refusal {
  const message = `The address made more than ${connectionAttemptsPerMinute} attempts in a minute`
  const notReached = [...CHECKS, ...POLICY_CHECKS].map((check): AttemptCheck => ({ check, outcome: 'not reached' }))
  return {
    ok: false,
    code: 'rate_limited',
    publicCode: 'rate_limited',
    message,
    checks: [{ check: ATTEMPT_CHECK, outcome: 'failed', message }, ...notReached],
    clockDifferenceSeconds: undefined,
    retryAfterSeconds: wholeSeconds(waitSeconds),
  }
}

function listPolicyChecks(failed: Pick<PolicyRefusal, 'check' | 'message'> | undefined): AttemptCheck[] {
  const at = failed === undefined ? -1 : POLICY_CHECKS.indexOf(failed.check)
  return POLICY_CHECKS.map((check, place) => {
    if (failed !== undefined && place === at) return { check, outcome: 'failed', message: failed.message }
    return { check, outcome: place < at ? 'passed' : 'not reached' }
  })
}
