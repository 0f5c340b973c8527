import { changeApiKey, createApiKey, deleteApiKey } from '../../api-key/keys.ts'
import { requireApiKey } from '../../api-key/office.ts'
import { askServerIfAny } from '../ask-server.ts'
import type { KeyDesk } from '../platform-client.ts'
import { type StoreSettings, withChange, withStore } from '../settings.ts'

/** The API keys of the store. */
export function keysHere(settings: StoreSettings): KeyDesk {
  return {
    list: () => withStore(settings, ({ store }) => store.listApiKeys()),

    find: (apiKey) => withStore(settings, ({ store }) => requireApiKey(store, apiKey)),

    create: (options) =>
      withChange(settings, async (office, note) => {
        const { apiKey, secret } = await createApiKey(office, options)
        note({ action: 'api_key.created', apiKey: apiKey.apiKey, after: apiKey })
        return secret
      }),

    change: (apiKey, change) =>
      withChange(settings, async (office, note) => {
        const before = await requireApiKey(office.store, apiKey)
        await changeApiKey(office, apiKey, change)
        note({ action: 'api_key.changed', apiKey, before, after: { ...before, ...change } })
      }),

    changePolicy: (apiKey, change) =>
      withChange(settings, async (office, note) => {
        const before = await requireApiKey(office.store, apiKey)
        const policy = change(before.policy)
        await changeApiKey(office, apiKey, { policy })
        note({ action: 'api_key.changed', apiKey, before, after: { ...before, policy } })
        return policy
      }),

    delete: (apiKey) =>
      withChange(settings, async (office, note) => {
        const before = await requireApiKey(office.store, apiKey)
        await deleteApiKey(office, apiKey)
        note({ action: 'api_key.deleted', apiKey, before })
      }),

    async countSessions(apiKey) {
      return (await askServerIfAny(settings.data, 'list_sessions', { apiKey, limit: 1 }))?.total
    },
  }
}
