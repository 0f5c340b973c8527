import { CHECKS, type Check, type TokenRefusal } from './refusal.ts'

/** One check of a verification and its outcome. */
export interface CheckOutcome {
  readonly check: Check
  readonly outcome: 'passed' | 'failed' | 'not reached'
  /** What was found, if the check failed. */
  readonly message?: string
}

/** The checks in order; all that follow a failed check are not reached. */
export function listChecks(verdict: { readonly ok: true } | TokenRefusal): readonly CheckOutcome[] {
  const failed = verdict.ok ? CHECKS.length : CHECKS.indexOf(verdict.check)
  return CHECKS.map((check, at): CheckOutcome => {
    if (at < failed) return { check, outcome: 'passed' }
    if (at > failed || verdict.ok) return { check, outcome: 'not reached' }
    return { check, outcome: 'failed', message: verdict.message }
  })
}
