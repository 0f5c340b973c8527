import type { Admin, ItemOf } from '@stagedoor/admin'
import { CliError } from '../output/print.ts'
import type { ShownSigningKey, SigningKeyClient } from '../platform-client.ts'
import { MAX_PAGE } from './find-in.ts'
import { sendable } from './sendable.ts'

const KEYS = '/api/v1/keys/{key}/signing-keys'

type Shown = ItemOf<typeof KEYS>

/** The signing keys of an API key, with their usage. */
export function remoteSigningKeys(admin: Admin): SigningKeyClient {
  return {
    async list(key) {
      const keys: Awaited<ReturnType<SigningKeyClient['list']>>[number][] = []
      for await (const shown of admin.list(KEYS, { params: { path: { key }, query: { limit: MAX_PAGE } } })) {
        const { state, sessions, lastUsedAt } = shown
        keys.push({ ...readKey(key, shown), state, sessions, lastUsedAt: lastUsedAt ?? undefined })
      }
      // Every API key is created with a signing key. If there is none, this request fails because the API key does not exist.
      if (keys.length === 0) await admin.get('/api/v1/keys/{key}', { params: { path: { key } } })
      return keys
    },

    async create(key) {
      const { keyId, secret } = await admin.post(KEYS, { params: { path: { key } }, body: { kind: 'secret' } })
      if (secret === undefined) throw new CliError('The platform returned no secret. Use the version of the platform')
      return { keyId, secret }
    },

    add: async (key, given) =>
      readKey(key, await admin.post(KEYS, { params: { path: { key } }, body: sendable(given) })),

    async retire(key, keyId, inSeconds) {
      const params = { path: { key, keyId } }
      const { retiresAt } = await admin.post(`${KEYS}/{keyId}/retire`, { params, body: { inSeconds } })
      return retiresAt ?? Number.NaN
    },

    async keep(key, keyId) {
      await admin.post(`${KEYS}/{keyId}/keep`, { params: { path: { key, keyId } } })
    },
  }
}

function readKey(apiKey: string, { keyId, kind, algorithm, createdAt, retiresAt }: Shown): ShownSigningKey {
  return { apiKey, keyId, kind, algorithm: algorithm ?? undefined, createdAt, retiresAt: retiresAt ?? undefined }
}
