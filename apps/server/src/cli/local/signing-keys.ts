import { addKeySet, addPublicKey, createSecret, importSecret } from '../../api-key/add-signing-key.ts'
import { type ChangeContext, requireApiKey } from '../../api-key/change-context.ts'
import { keepSigningKey, retireSigningKey } from '../../api-key/retire-signing-key.ts'
import { type SigningKey, stateOf } from '../../api-key/signing-key.ts'
import type { GivenSigningKey, ShownSigningKey, SigningKeyClient } from '../platform-client.ts'
import { findKeyUses } from './key-use.ts'
import { type StoreSettings, withChange, withStore } from './store.ts'

/** The signing keys in the store, with their usage by the running server. */
export function localSigningKeys(settings: StoreSettings): SigningKeyClient {
  function add<K extends SigningKey>(make: (context: ChangeContext) => Promise<K>): Promise<K> {
    return withChange(settings, async (context, note) => {
      const key = await make(context)
      note({ action: 'signing_key.created', apiKey: key.apiKey, subject: key.keyId, after: show(key) })
      return key
    })
  }

  return {
    async list(apiKey) {
      const { keys, now } = await withStore(settings, async ({ store, now }) => {
        await requireApiKey(store, apiKey)
        return { keys: await store.listSigningKeys(apiKey), now: now() }
      })
      // The store is closed by now: an open one would block other changes while the server answers.
      const uses = await findKeyUses(settings.data, apiKey, keys)
      const unknown = { lastUsedAt: undefined, sessions: undefined }
      return keys.map((key) => ({ ...show(key), state: stateOf(key, now), ...(uses.get(key.keyId) ?? unknown) }))
    },

    create: (apiKey) => add((context) => createSecret(context, apiKey)),

    add: async (apiKey, given) => show(await add((context) => take(context, apiKey, given))),

    retire: (apiKey, keyId, inSeconds) =>
      withChange(settings, async (context, note) => {
        const retiresAt = await retireSigningKey(context, apiKey, keyId, inSeconds)
        note({ action: 'signing_key.retired', apiKey, subject: keyId, after: { retiresAt } })
        return retiresAt
      }),

    keep: (apiKey, keyId) =>
      withChange(settings, async (context, note) => {
        await keepSigningKey(context, apiKey, keyId)
        note({ action: 'signing_key.kept', apiKey, subject: keyId })
      }),
  }
}

function take(context: ChangeContext, apiKey: string, given: GivenSigningKey): Promise<SigningKey> {
  if (given.kind === 'imported_secret') return importSecret(context, apiKey, given)
  if (given.kind === 'key_set') return addKeySet(context, apiKey, given)
  return addPublicKey(context, apiKey, { text: given.publicKey, keyId: given.keyId })
}

// Fields are listed one by one, so that a new secret field is never shown.
function show({ apiKey, keyId, kind, algorithm, createdAt, retiresAt }: SigningKey): ShownSigningKey {
  return { apiKey, keyId, kind, algorithm, createdAt, retiresAt }
}
