import { requireApiKey } from '../../api-key/change-context.ts'
import { liftBan } from '../../api-key/revoke.ts'
import type { BanClient } from '../platform-client.ts'
import { type StoreSettings, withChange, withStore } from './store.ts'

/** The bans in the store. */
export function localBans(settings: StoreSettings): BanClient {
  return {
    list: (apiKey) =>
      withStore(settings, async ({ store, now }) => {
        await requireApiKey(store, apiKey)
        const revocations = await store.listRevocations(now())
        return revocations.filter((revocation) => revocation.apiKey === apiKey && revocation.kind === 'ban')
      }),

    lift: (apiKey, userId) =>
      withChange(settings, async (context, note) => {
        await liftBan(context, apiKey, userId)
        note({ action: 'ban.lifted', apiKey, subject: userId })
      }),
  }
}
