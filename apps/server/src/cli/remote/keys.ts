import type { Admin, ItemOf } from '@stagedoor/admin'
import type { ApiKey } from '../../api-key/api-key.ts'
import { type Policy, policySchema } from '../../policy/policy.ts'
import { CliError } from '../output/print.ts'
import type { KeyClient } from '../platform-client.ts'
import { sendable } from './sendable.ts'

const KEY = '/api/v1/keys/{key}'

/** The API keys that the token can read. */
export function remoteKeys(admin: Admin): KeyClient {
  return {
    async list() {
      const keys: ApiKey[] = []
      for await (const key of admin.list('/api/v1/keys')) keys.push(readKey(key))
      return keys
    },

    find: async (key) => readKey(await admin.get(KEY, { params: { path: { key } } })),

    async create({ policy, ...rest }) {
      const { apiKey, secret } = await admin.post('/api/v1/keys', { body: sendable({ ...rest, policy }) })
      return { apiKey, ...secret }
    },

    async change(key, change) {
      await admin.patch(KEY, { params: { path: { key } }, body: sendable(change) })
    },

    async changePolicy(key, change) {
      const params = { path: { key } }
      const { data, response } = await admin.raw.GET(KEY, { params })
      const before = readPolicy(data?.policy)
      // A setting returns to its default only if it is sent as null.
      const policy = { ...ALL_DEFAULTS, ...sendable(change(before)) }
      const headers = { 'if-match': response.headers.get('etag') ?? '*' }
      return readPolicy((await admin.patch(KEY, { params, headers, body: { policy } })).policy)
    },

    async delete(key) {
      await admin.delete(KEY, { params: { path: { key } } })
    },

    async countSessions(key) {
      const params = { path: { key }, query: { limit: 1 } }
      return (await admin.get('/api/v1/keys/{key}/sessions', { params })).total
    },
  }
}

const ALL_DEFAULTS = Object.fromEntries(Object.keys(policySchema.shape).map((name) => [name, null]))

function readKey({ policy, ...key }: ItemOf<'/api/v1/keys'>): ApiKey {
  return { ...key, policy: readPolicy(policy) }
}

function readPolicy(value: unknown): Policy {
  const reading = policySchema.safeParse(value)
  if (reading.success) return reading.data
  throw new CliError(
    'The platform returned a policy that this command does not support. Use the version of the platform',
  )
}
