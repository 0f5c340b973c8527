import { KEEP_ANSWERS_SECONDS } from '../account/answered-request.ts'
import { type Following, followStore } from '../background/follow.ts'
import { forgetPeriodically } from '../background/forget.ts'
import type { Clock } from '../clock.ts'
import { applyPermissions } from '../conversation/apply-permissions.ts'
import type { EndpointDirectory } from '../events/webhook/directory.ts'
import { KEEP_DELIVERIES_SECONDS } from '../events/webhook/start-webhooks.ts'
import { writeKeyUses } from '../keyring/key-uses.ts'
import type { Log } from '../observe/log.ts'
import { enforcePolicy } from '../registration/enforce-policy.ts'
import type { Session } from '../session/session.ts'
import { proveMasterKey } from '../store/prove-master-key.ts'
import { StoreDownError } from '../store-down.ts'
import type { Storage } from './open-storage.ts'
import type { Shutdown } from './shutdown.ts'
import type { History } from './start-history.ts'
import type { LiveParts } from './start-sessions.ts'

/** Starts periodic work: applying changes of the store, deleting expired records, recording uses of keys. */
export function startBackground(
  { store, seal, health, keyring }: Storage,
  { sessions, conversations }: Pick<LiveParts, 'sessions' | 'conversations'>,
  directory: EndpointDirectory,
  { refusals, hourlyCounts, forgetDeleted }: Pick<History, 'refusals' | 'hourlyCounts' | 'forgetDeleted'>,
  clock: Clock,
  log: Log,
  shutdown: Shutdown,
): Following {
  const refresh = async () => {
    await proveMasterKey(store.db, seal)
    await directory.refresh()
    return keyring.refresh()
  }
  const onChange = (session: Session) => applyPermissions(conversations, session)
  const following = followStore({
    keyring: { refresh },
    store,
    clock,
    health,
    onChange(apiKeys) {
      forgetDeleted(apiKeys)
      for (const apiKey of apiKeys) enforcePolicy({ keyring, sessions, clock, onChange }, apiKey)
    },
  })
  const forget = [
    store.forgetRevocations,
    store.forgetUsedTokens,
    store.forgetLogins,
    (now: number) => store.forgetAnswers(now - KEEP_ANSWERS_SECONDS),
    (now: number) => store.forgetDeliveries(now - KEEP_DELIVERIES_SECONDS, now),
    () => refusals.cleanUp(),
    () => hourlyCounts.cleanUp(),
  ]
  // The store itself reports that it is down.
  const onError = (error: unknown) => error instanceof StoreDownError || log.error(error, 'a background task failed')
  shutdown.add(
    () => following.stop(),
    forgetPeriodically({ forget, clock, onError }),
    writeKeyUses({ uses: keyring.uses, store, clock, onError }),
  )
  return following
}
