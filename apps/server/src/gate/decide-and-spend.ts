import type { Admission } from '../admission/admit.ts'
import type { Refusal } from '../admission/refusal.ts'
import type { SpendOutcome } from '../registration/used-tokens.ts'
import type { GateContext } from './gate-context.ts'

/**
 * Decides on a token. A single-use token that is admitted is marked as used first, and decided on again once the mark is
 * committed, because other things may have changed. A client that is gone by then gets no answer, and its token counts as used.
 *
 * @param isWanted asked after the wait: whether to go on.
 * @param decide is given what became of marking the token as used, the second time.
 * @returns what to wait for, if anything.
 */
export function decideAndSpend(
  { registrar }: Pick<GateContext, 'registrar'>,
  isWanted: () => boolean,
  decide: (spent?: SpendOutcome) => Admission | Refusal,
  finish: (decision: Admission | Refusal) => void,
): Promise<void> | undefined {
  const decision = decide()
  const spending = decision.ok ? registrar.spend(decision) : undefined
  if (spending === undefined) {
    finish(decision)
    return undefined
  }
  return spending.then((spent) => {
    if (isWanted()) finish(decide(spent))
  })
}
