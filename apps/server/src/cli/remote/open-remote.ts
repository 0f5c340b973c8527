import { createAdmin } from '@stagedoor/admin'
import type { PlatformClient } from '../platform-client.ts'
import { remoteAudit } from './audit.ts'
import { remoteConversations } from './conversations.ts'
import { explainRemote } from './explain.ts'
import { fetchFrom } from './fetch-from.ts'
import { remoteKeys } from './keys.ts'
import { mintRemote } from './mint.ts'
import { remoteRefusals } from './refusals.ts'
import { remoteBans, revokeRemote } from './revocations.ts'
import { remoteSessions } from './sessions.ts'
import { remoteSigningKeys } from './signing-keys.ts'
import { remoteWebhooks } from './webhooks.ts'

/** Opens a remote platform with a personal access token. */
export function openRemote(options: { readonly url: string; readonly token: string }): PlatformClient {
  const admin = createAdmin({ ...options, fetch: fetchFrom(options.url) })
  return {
    sessions: remoteSessions(admin),
    refusals: remoteRefusals(admin),
    keys: remoteKeys(admin),
    signingKeys: remoteSigningKeys(admin),
    bans: remoteBans(admin),
    conversations: remoteConversations(admin),
    webhooks: remoteWebhooks(admin),
    audit: remoteAudit(admin),
    revoke: (apiKey, what) => revokeRemote(admin, apiKey, what),
    explain: (question) => explainRemote(admin, question),
    mint: (apiKey, wish) => mintRemote(admin, apiKey, wish),
  }
}
