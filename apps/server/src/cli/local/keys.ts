import { requireApiKey } from '../../api-key/change-context.ts'
import { changeApiKey, createApiKey, deleteApiKey } from '../../api-key/keys.ts'
import type { KeyClient } from '../platform-client.ts'
import { askServerIfAny } from './ask-server.ts'
import { type StoreSettings, withChange, withStore } from './store.ts'

/** The API keys of the store. */
export function localKeys(settings: StoreSettings): KeyClient {
  return {
    list: () => withStore(settings, ({ store }) => store.listApiKeys()),

    find: (apiKey) => withStore(settings, ({ store }) => requireApiKey(store, apiKey)),

    create: (options) =>
      withChange(
        settings,
        async (context, note) => {
          const { apiKey, secret } = await createApiKey(context, options)
          note({ action: 'api_key.created', apiKey: apiKey.apiKey, after: apiKey })
          return secret
        },
        { mayCreate: true },
      ),

    change: (apiKey, change) =>
      withChange(settings, async (context, note) => {
        const before = await requireApiKey(context.store, apiKey)
        await changeApiKey(context, apiKey, change)
        note({ action: 'api_key.changed', apiKey, before, after: { ...before, ...change } })
      }),

    changePolicy: (apiKey, change) =>
      withChange(settings, async (context, note) => {
        const before = await requireApiKey(context.store, apiKey)
        const policy = change(before.policy)
        await changeApiKey(context, apiKey, { policy })
        note({ action: 'api_key.changed', apiKey, before, after: { ...before, policy } })
        return policy
      }),

    delete: (apiKey) =>
      withChange(settings, async (context, note) => {
        const before = await requireApiKey(context.store, apiKey)
        await deleteApiKey(context, apiKey)
        note({ action: 'api_key.deleted', apiKey, before })
      }),

    async countSessions(apiKey) {
      return (await askServerIfAny(settings.data, 'list_sessions', { apiKey, limit: 1 }))?.total
    },
  }
}
