import type { PlatformClient } from '../platform-client.ts'
import { localAudit } from './audit.ts'
import { localConversations } from './conversations.ts'
import { explainLocal } from './explain.ts'
import { localKeys } from './keys.ts'
import { mintLocal } from './mint.ts'
import { localRefusals } from './refusals.ts'
import { localBans, revokeLocal } from './revocations.ts'
import { localSessions } from './sessions.ts'
import { localSigningKeys } from './signing-keys.ts'
import type { StoreSettings } from './store.ts'
import { localWebhooks } from './webhooks.ts'

/** Opens the platform of a data folder. Each call opens the store or asks the running server. */
export function openLocal(settings: StoreSettings): PlatformClient {
  return {
    sessions: localSessions(settings),
    refusals: localRefusals(settings),
    keys: localKeys(settings),
    signingKeys: localSigningKeys(settings),
    bans: localBans(settings),
    conversations: localConversations(settings),
    webhooks: localWebhooks(settings),
    audit: localAudit(settings),
    revoke: (apiKey, what) => revokeLocal(settings, apiKey, what),
    explain: (question) => explainLocal(settings, question),
    mint: (apiKey, wish) => mintLocal(settings, apiKey, wish),
  }
}
