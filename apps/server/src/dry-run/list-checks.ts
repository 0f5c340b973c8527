import { CHECKS, listChecks } from '@stagedoor/access-token'
import type { Admission } from '../admission/admit.ts'
import { POLICY_CHECKS, type PolicyCheck } from '../admission/judge-policy.ts'
import type { Refusal } from '../admission/refusal.ts'
import type { CheckResult } from '../refusal-log/report.ts'

const OF_THE_TOKEN: readonly string[] = CHECKS
const OF_THE_LIVE: readonly PolicyCheck[] = ['single_use', 'session_limit', 'registration_rate']

/** The checks of the token itself; none where there is no token and none is needed. */
export function listTokenChecks(decision: Admission | Refusal): readonly CheckResult[] {
  if (!decision.ok) return decision.checks.filter(({ check }) => OF_THE_TOKEN.includes(check))
  return decision.claims === undefined ? [] : listChecks(decision)
}

/** The checks after those of the token. Some need a running server. */
export function listPolicyChecks(decision: Admission | Refusal, isLive: boolean): readonly CheckResult[] {
  if (!decision.ok) return decision.checks.filter(({ check }) => !OF_THE_TOKEN.includes(check))
  return POLICY_CHECKS.map((check) =>
    isLive || !OF_THE_LIVE.includes(check)
      ? { check, outcome: 'passed' }
      : { check, outcome: 'not reached', message: 'only a running server knows' },
  )
}
