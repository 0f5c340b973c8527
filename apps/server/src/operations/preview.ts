import type { Revocation } from '../api-key/revocation.ts'
import type { KnownApiKey } from '../keyring/known-api-key.ts'
import { describePolicy } from '../policy/describe-policy.ts'
import type { Policy } from '../policy/policy.ts'
import { decideSessions, type PolicyOutcome } from '../registration/enforce-policy.ts'
import type { Operations } from './operations.ts'

/** The most sessions that a preview names. */
export const MAX_EXAMPLES = 10

/** The effect of a change on the live sessions. */
export interface Preview {
  readonly sessions: number
  readonly wouldEnd: number
  readonly wouldEndSooner: number
  readonly examples: readonly { readonly sessionId: string; readonly userId: string; readonly reason: string }[]
}

export interface PolicyPreview extends Preview {
  /** The summary of the policy after the change. */
  readonly policyInWords: readonly string[]
  /** The sentences in it that are new. */
  readonly sentences: readonly string[]
}

interface Terms {
  readonly policy: Policy
  readonly state: KnownApiKey['state']
}

type PreviewContext = Pick<Operations, 'sessions' | 'keyring'>

/** Decides on each live session as a change of the policy would, without changing anything. */
export function previewPolicy(
  operations: PreviewContext,
  apiKey: string,
  { before, after }: { readonly before: Terms; readonly after: Terms },
  now: number,
): PolicyPreview {
  const found = operations.keyring.find(apiKey)
  const known = found && after.state === 'active' ? { ...found, ...after } : undefined
  const said = new Set(describePolicy(before.policy))
  const policyInWords = describePolicy(after.policy)
  const sentences = policyInWords.filter((sentence) => !said.has(sentence))
  return { ...preview(operations, apiKey, known, now), policyInWords, sentences }
}

/** The same for a revocation. */
export function previewRevocation(
  operations: PreviewContext,
  apiKey: string,
  { kind, subject }: Pick<Revocation, 'kind' | 'subject'>,
  now: number,
): Preview {
  const found = operations.keyring.find(apiKey)
  const revocation = { apiKey, kind, subject, revokedAt: now, forgetAt: Number.POSITIVE_INFINITY }
  return preview(operations, apiKey, found && { ...found, revocations: found.revocations.with(revocation) }, now)
}

function preview({ sessions }: PreviewContext, apiKey: string, known: KnownApiKey | undefined, now: number): Preview {
  const fates = decideSessions(known, sessions.usersOf(apiKey), now)
  const ends = fates.flatMap((outcome) => {
    const reason = reasonOf(outcome, now)
    return reason === undefined ? [] : [{ sessionId: outcome.session.id, userId: outcome.session.userId, reason }]
  })
  return {
    sessions: fates.length,
    wouldEnd: ends.length,
    wouldEndSooner: fates.filter((outcome) => reasonOf(outcome, now) === undefined && endsSooner(outcome)).length,
    examples: ends.slice(0, MAX_EXAMPLES),
  }
}

/** Why a session would end immediately, if it would: a session whose shortened lifetime is over ends with its token. */
function reasonOf(outcome: PolicyOutcome, now: number): string | undefined {
  if (outcome.goesOn === undefined) return outcome.detail ?? outcome.reason
  return endOf(outcome.goesOn) <= now ? 'token_expired' : undefined
}

function endsSooner({ session, goesOn }: PolicyOutcome): boolean {
  return goesOn !== undefined && endOf(goesOn) < endOf(session.admission)
}

function endOf({ closesAt }: { readonly closesAt: number | undefined }): number {
  return closesAt ?? Number.POSITIVE_INFINITY
}
