import { isDeepStrictEqual } from 'node:util'
import type { RefusalCode } from '@stagedoor/protocol'
import { type Admission, admit } from '../admission/admit.ts'
import type { Clock } from '../clock.ts'
import type { Keyring } from '../keyring/keyring.ts'
import type { KnownApiKey } from '../keyring/known-api-key.ts'
import type { Session } from '../session/session.ts'
import type { Sessions } from '../session/sessions.ts'
import { surplusOf } from './registrar.ts'

export interface EnforcementOptions {
  readonly keyring: Pick<Keyring, 'find'>
  readonly sessions: Sessions
  readonly clock: Clock
  /** Called with each session that goes on under other terms than before. */
  readonly onChange: (session: Session) => void
}

/** The outcome for a session: it continues under these terms, or it is closed. */
export type PolicyOutcome =
  | { readonly session: Session; readonly goesOn: Admission }
  | { readonly session: Session; readonly goesOn: undefined; readonly reason: ClosedFor; readonly detail?: RefusalCode }

type ClosedFor = 'session_closed' | 'session_replaced'

/**
 * Decides again on each session of an API key whose policy, secrets or revocations have changed, as if it came with its
 * token just now: what would not be admitted any more is closed, and what would goes on under the terms of today.
 */
export function enforcePolicy({ keyring, sessions, clock, onChange }: EnforcementOptions, apiKey: string): void {
  for (const outcome of decideSessions(keyring.find(apiKey), sessions.usersOf(apiKey), clock.now())) {
    const { session, goesOn } = outcome
    if (goesOn === undefined) {
      session.close(outcome.reason, outcome.detail)
      continue
    }
    // Most changes change nothing for most sessions; a client that is notified anyway renews for nothing.
    if (isDeepStrictEqual(goesOn, session.admission)) continue
    sessions.renew(session, goesOn)
    onChange(session)
  }
}

/**
 * What {@link enforcePolicy} does with each session, before it is done.
 *
 * @param known the API key as it is to be; nothing, where it is to admit nobody.
 * @param users their sessions, user by user, the oldest first.
 */
export function decideSessions(
  known: KnownApiKey | undefined,
  users: readonly ReadonlySet<Session>[],
  now: number,
): readonly PolicyOutcome[] {
  return users.flatMap((user) => {
    const fates = [...user].map((session) => judge(session, known, now))
    const staying = fates.filter(({ goesOn }) => goesOn !== undefined).map(({ session }) => session)
    const surplus = new Set(surplusOf(staying, known?.policy.sessionsPerUser?.most))
    return fates.map(
      (outcome): PolicyOutcome =>
        surplus.has(outcome.session)
          ? { session: outcome.session, goesOn: undefined, reason: 'session_replaced' }
          : outcome,
    )
  })
}

function judge(session: Session, known: KnownApiKey | undefined, now: number): PolicyOutcome {
  if (known === undefined) return { session, goesOn: undefined, reason: 'session_closed' }
  const { admission, lineage } = session
  const { apiKey, claims, keyId, userId, userData, origin } = admission
  const credentials = claims && { claims, keyId }
  const request = { apiKey, id: userId, userData, origin }
  const decision = admit(credentials, request, known, { now, liveSessions: 0, isUsed: false, lineage })
  if (decision.ok) return { session, goesOn: claims === undefined ? asOld(decision, admission) : decision }
  return { session, goesOn: undefined, reason: 'session_closed', detail: decision.code }
}

// Without a token, an admission counts from when it was made: deciding again must not make the session younger.
function asOld(decision: Admission, { issuedAt, expiresAt }: Admission): Admission {
  const closesAt = decision.closesAt && decision.closesAt - decision.expiresAt + expiresAt
  return { ...decision, issuedAt, expiresAt, closesAt }
}
