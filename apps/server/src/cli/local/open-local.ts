import type { Desk } from '../platform-client.ts'
import type { StoreSettings } from '../settings.ts'
import { bansHere } from './bans.ts'
import { explainHere } from './explain.ts'
import { keysHere } from './keys.ts'
import { mintHere } from './mint.ts'
import { refusalsHere } from './refusals.ts'
import { revokeHere } from './revoke.ts'
import { sessionsHere } from './sessions.ts'
import { signingKeysHere } from './signing-keys.ts'

/** The platform of a data folder on this machine. Each question opens the store, or asks the running server, for itself. */
export function openHere(settings: StoreSettings): Desk {
  return {
    sessions: sessionsHere(settings),
    refusals: refusalsHere(settings),
    keys: keysHere(settings),
    signingKeys: signingKeysHere(settings),
    bans: bansHere(settings),
    revoke: (apiKey, what) => revokeHere(settings, apiKey, what),
    explain: (question) => explainHere(settings, question),
    mint: (apiKey, wish) => mintHere(settings, apiKey, wish),
  }
}
