import { createAdmin } from '@stagedoor/admin'
import type { Desk } from '../platform-client.ts'
import { bansAfar } from './bans.ts'
import { explainAfar } from './explain.ts'
import { fetchFrom } from './fetch-from.ts'
import { keysAfar } from './keys.ts'
import { mintAfar } from './mint.ts'
import { refusalsAfar } from './refusals.ts'
import { revokeAfar } from './revoke.ts'
import { sessionsAfar } from './sessions.ts'
import { signingKeysAfar } from './signing-keys.ts'

/** A platform wherever it is, as the owner of a personal access token. */
export function openAfar(options: { readonly url: string; readonly token: string }): Desk {
  const admin = createAdmin({ ...options, fetch: fetchFrom(options.url) })
  return {
    sessions: sessionsAfar(admin),
    refusals: refusalsAfar(admin),
    keys: keysAfar(admin),
    signingKeys: signingKeysAfar(admin),
    bans: bansAfar(admin),
    revoke: (apiKey, what) => revokeAfar(admin, apiKey, what),
    explain: (question) => explainAfar(admin, question),
    mint: (apiKey, wish) => mintAfar(admin, apiKey, wish),
  }
}
