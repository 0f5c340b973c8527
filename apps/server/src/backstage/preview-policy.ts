import { describePolicy } from '../keyring/describe-policy.ts'
import type { KnownApiKey } from '../keyring/known-api-key.ts'
import type { Policy } from '../keyring/policy.ts'
import { type Fate, judgeSessions } from '../session/hold-to-policy.ts'
import type { Backstage } from './backstage.ts'

/** The most sessions that a preview names. */
export const MAX_EXAMPLES = 10

/** What a change would do to the sessions that are live now. */
export interface PolicyPreview {
  readonly sessions: number
  readonly wouldEnd: number
  readonly wouldEndSooner: number
  readonly examples: readonly { readonly sessionId: string; readonly userId: string; readonly reason: string }[]
  /** What the policy would say that it does not say now. */
  readonly sentences: readonly string[]
}

interface Terms {
  readonly policy: Policy
  readonly state: KnownApiKey['state']
}

/** Decides on each live session as the change would, and changes nothing. */
export function previewPolicy(
  { sessions, keyring }: Pick<Backstage, 'sessions' | 'keyring'>,
  apiKey: string,
  { before, after }: { readonly before: Terms; readonly after: Terms },
  now: number,
): PolicyPreview {
  const found = keyring.find(apiKey)
  const known = found && after.state === 'active' ? { ...found, ...after } : undefined
  const fates = judgeSessions(known, sessions.usersOf(apiKey), now)
  const ends = fates.flatMap((fate) => {
    const reason = reasonOf(fate, now)
    return reason === undefined ? [] : [{ sessionId: fate.session.id, userId: fate.session.userId, reason }]
  })
  const said = new Set(describePolicy(before.policy))
  return {
    sessions: fates.length,
    wouldEnd: ends.length,
    wouldEndSooner: fates.filter((fate) => reasonOf(fate, now) === undefined && endsSooner(fate)).length,
    examples: ends.slice(0, MAX_EXAMPLES),
    sentences: describePolicy(after.policy).filter((sentence) => !said.has(sentence)),
  }
}

/** Why a session ends at once, where it does: one whose token is cut to a time that is past ends with it. */
function reasonOf(fate: Fate, now: number): string | undefined {
  if (fate.goesOn === undefined) return fate.detail ?? fate.reason
  return endOf(fate.goesOn) <= now ? 'token_expired' : undefined
}

function endsSooner({ session, goesOn }: Fate): boolean {
  return goesOn !== undefined && endOf(goesOn) < endOf(session.admission)
}

function endOf({ closesAt }: { readonly closesAt: number | undefined }): number {
  return closesAt ?? Number.POSITIVE_INFINITY
}
