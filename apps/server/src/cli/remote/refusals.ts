import type { Admin } from '@stagedoor/admin'
import type { ShownRefusal } from '../../control/requests.ts'
import { addDiscarded } from '../../refusal-log/refusal-queue.ts'
import type { Discarded } from '../../refusal-log/refusal-store.ts'
import type { RefusalClient } from '../platform-client.ts'
import { dropNulls } from './drop-nulls.ts'
import { findIn, listApiKeys, MAX_PAGE } from './find-in.ts'
import { sendable } from './sendable.ts'

/** The refusals of the API keys that the token can read. Refusals of unknown API keys are not included. */
export function remoteRefusals(admin: Admin): RefusalClient {
  return {
    async list({ apiKey, code, userId, limit }) {
      const refusals: ShownRefusal[] = []
      const query = sendable({ code, userId, limit: Math.min(limit, MAX_PAGE) })
      let [total, keptSince] = [0, 0]
      let discarded: Discarded | undefined
      for (const key of await listApiKeys(admin, apiKey)) {
        let cursor: string | null | undefined
        for (let found = 0; found < limit && cursor !== null; ) {
          const asked = { ...query, ...(cursor !== undefined && { cursor }) }
          const page = await admin.get('/api/v1/keys/{key}/refusals', { params: { path: { key }, query: asked } })
          refusals.push(...page.items.map(dropNulls))
          found += page.items.length
          if (cursor === undefined) {
            total += page.total
            keptSince = Math.max(keptSince, page.keptSince)
            if (page.discarded !== null) discarded = addDiscarded(discarded, page.discarded)
          }
          cursor = page.nextCursor
        }
      }
      refusals.sort((one, other) => other.lastAt - one.lastAt)
      return { refusals: refusals.slice(0, limit), total, keptSince, discarded }
    },

    async find(refusalId) {
      const found = await findIn(admin, (key) =>
        admin.get('/api/v1/keys/{key}/refusals/{refusalId}', { params: { path: { key, refusalId } } }),
      )
      return found && dropNulls(found)
    },
  }
}
