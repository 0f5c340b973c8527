import { admit } from '../admission/admit.ts'
import type { Clock } from '../clock.ts'
import type { Keyring } from '../keyring/keyring.ts'
import { closeOldest } from './door.ts'
import type { Session } from './session.ts'
import type { Sessions } from './sessions.ts'

export interface HoldOptions {
  readonly keyring: Pick<Keyring, 'find'>
  readonly sessions: Sessions
  readonly clock: Clock
  /** Told of each session that goes on under other terms than before. */
  readonly onChange: (session: Session) => void
}

/**
 * Decides again on each session of an API key whose policy, secrets or revocations have changed, as if it came with its
 * token just now: what would not be admitted any more is closed, and what would goes on under the terms of today.
 */
export function holdToPolicy({ keyring, sessions, clock, onChange }: HoldOptions, apiKey: string): void {
  const known = keyring.find(apiKey)
  const now = clock.now()
  for (const user of sessions.usersOf(apiKey)) {
    for (const session of user) {
      if (known === undefined) {
        session.close('session_closed')
        continue
      }
      const { admission, lineage } = session
      const { claims, keyId, userId, userData, origin } = admission
      const credentials = claims && { claims, keyId }
      const knock = { apiKey, id: userId, userData, origin }
      const decision = admit(credentials, knock, known, { now, liveSessions: 0, isUsed: false, lineage })
      if (!decision.ok) {
        session.close('session_closed', decision.code)
        continue
      }
      sessions.renew(session, decision)
      onChange(session)
    }
    const most = known?.policy.sessionsPerUser?.most
    if (most !== undefined) closeOldest(user, most)
  }
}
