import { requireApiKey } from '../../api-key/change-context.ts'
import { type Revocation, revokerOf } from '../../api-key/revocation.ts'
import { liftBan, revoke } from '../../api-key/revoke.ts'
import type { BanClient, PlatformClient } from '../platform-client.ts'
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

export function revokeLocal(
  settings: StoreSettings,
  apiKey: string,
  what: Parameters<PlatformClient['revoke']>[1],
): Promise<Revocation> {
  return withChange(settings, async (context, note, actor) => {
    const made = await revoke(context, apiKey, what, revokerOf(actor))
    const after = { kind: what.kind, ...(what.kind === 'ban' && { until: made.forgetAt }) }
    note({ action: 'revocation.made', apiKey, subject: what.subject || undefined, after })
    return made
  })
}
