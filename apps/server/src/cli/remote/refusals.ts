import type { Admin } from '@stagedoor/admin'
import type { ShownRefusal } from '../../control/requests.ts'
import type { RefusalClient } from '../platform-client.ts'
import { dropNulls } from './drop-nulls.ts'
import { findIn, listApiKeys, MAX_PAGE } from './find-in.ts'
import { sendable } from './sendable.ts'

/** The refusals of the API keys that the token can read. Refusals of unknown API keys are not included. */
export function remoteRefusals(admin: Admin): RefusalClient {
  return {
    async list({ apiKey, code, userId, limit }) {
      const refusals: ShownRefusal[] = []
      const query = sendable({ code, userId, limit: MAX_PAGE })
      for (const key of await listApiKeys(admin, apiKey)) {
        for await (const refusal of admin.list('/api/v1/keys/{key}/refusals', { params: { path: { key }, query } })) {
          refusals.push(dropNulls(refusal))
        }
      }
      refusals.sort((one, other) => other.lastAt - one.lastAt)
      return { refusals: refusals.slice(0, limit), total: refusals.length }
    },

    async find(refusalId) {
      const found = await findIn(admin, (key) =>
        admin.get('/api/v1/keys/{key}/refusals/{refusalId}', { params: { path: { key, refusalId } } }),
      )
      return found && dropNulls(found)
    },
  }
}
