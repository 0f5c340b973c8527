import { createTokenVerifier, listChecks, type TokenVerification } from '@stagedoor/access-token'
import { checkPolicy, POLICY_CHECKS, type PolicyCheck } from '../../../admission/check-policy.ts'
import { namesAnother } from '../../../admission/decide-registration.ts'
import { asForeign, refuseApiKey } from '../../../admission/refusal.ts'
import type { Keyring } from '../../../keyring/keyring.ts'
import type { KnownApiKey } from '../../../keyring/known-api-key.ts'
import type { UsedToken } from '../../../keyring/used-token-store.ts'
import type { CheckResult } from '../../../refusal-log/report.ts'
import { UsedTokens } from '../../../registration/used-tokens.ts'

/** The token to verify, and who presents it. */
export interface TokenQuestion {
  readonly token: string
  /** Undefined if neither the token nor the caller names one. */
  readonly apiKey: string | undefined
  /** The user id that presents it. Default: the one in the token. */
  readonly userId: string | undefined
  /** Seconds since 1970. */
  readonly now: number
}

/** The verdict on a token, from the store. */
export interface StoreVerdict {
  readonly ok: boolean
  readonly code?: string
  readonly message?: string
  readonly checks: readonly CheckResult[]
  /** The checks that depend on the client that presents the token, and were not made. */
  readonly notChecked: readonly PolicyCheck[]
}

/** The checks of a registration that depend on the token and the store only. */
const OF_THE_TOKEN: readonly PolicyCheck[] = ['policy', 'revocation', 'single_use']
const NOT_CHECKED = POLICY_CHECKS.filter((check) => !OF_THE_TOKEN.includes(check))

/**
 * Verifies a token and checks it against the store: whether its API key is enabled, the policy, revocations, and whether a
 * single-use token was used.
 */
export function verifyOnStore(
  { token, apiKey, userId, now }: TokenQuestion,
  keyring: Pick<Keyring, 'find' | 'isDisabled'>,
  used: readonly UsedToken[],
): StoreVerdict & { readonly verdict: TokenVerification } {
  const known = apiKey === undefined ? undefined : keyring.find(apiKey)
  // The format of a token can be checked even if it names no API key.
  const verify = known?.verify ?? createTokenVerifier({ keys: [] })
  const verdict = verify(token, { now, ...(userId !== undefined && { userId: userId }) })
  if (!verdict.ok) {
    const isForeign = apiKey !== undefined && !verdict.authentic && namesAnother({ apiKey, token })
    const explained = isForeign ? asForeign(verdict) : verdict
    const isDisabled = apiKey !== undefined && keyring.isDisabled(apiKey)
    const { code, message } = known === undefined && isDisabled ? refuseApiKey(verdict, true) : explained
    const checks = [...listChecks(explained), ...listPolicyChecks(undefined, false)]
    return { ok: false, code, message, checks, notChecked: NOT_CHECKED, verdict }
  }
  const refusal = judge(verdict, known as KnownApiKey, { userId, now, used })
  const checks = [...listChecks(verdict), ...listPolicyChecks(refusal, true)]
  const said = refusal && { code: refusal.code, message: refusal.message }
  return { ok: refusal === undefined, ...said, checks, notChecked: NOT_CHECKED, verdict }
}

function judge(
  verdict: TokenVerification & { readonly ok: true },
  known: KnownApiKey,
  { userId, now, used }: Pick<TokenQuestion, 'userId' | 'now'> & { readonly used: readonly UsedToken[] },
) {
  const { claims, keyId } = verdict
  const id = userId ?? claims.grants.apiRTC_UserAgent_Id
  const { origins: _origins, sessionsPerUser: _sessions, ...policy } = known.policy
  const request = { apiKey: known.apiKey, id }
  const facts = { now, liveSessions: 0, isUsed: new UsedTokens({ marks: used }).has(claims) }
  return checkPolicy({ claims, keyId }, request, { ...known, policy }, facts)
}

function listPolicyChecks(
  refusal: { readonly check: PolicyCheck; readonly message: string } | undefined,
  isReached: boolean,
): readonly CheckResult[] {
  const at = refusal === undefined ? Number.POSITIVE_INFINITY : OF_THE_TOKEN.indexOf(refusal.check)
  return OF_THE_TOKEN.map((check, place) => {
    if (!isReached || place > at) return { check, outcome: 'not reached' }
    if (refusal !== undefined && place === at) return { check, outcome: 'failed', message: refusal.message }
    return { check, outcome: 'passed' }
  })
}
