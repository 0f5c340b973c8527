import type { Admin, ItemOf } from '@stagedoor/admin'
import type { AuditClient, ShownAuditEntry } from '../platform-client.ts'
import { dropNulls } from './drop-nulls.ts'
import { MAX_PAGE } from './find-in.ts'
import { sendable } from './sendable.ts'

/** The audit log of a platform, over its API. */
export function remoteAudit(admin: Admin): AuditClient {
  return {
    async list({ apiKey, earliestFirst, limit, ...filter }) {
      const sort = earliestFirst ? ('at' as const) : ('-at' as const)
      const query = sendable({ ...filter, sort, limit: Math.min(limit, MAX_PAGE) })
      const pages =
        apiKey === undefined
          ? admin.list('/api/v1/audit', { params: { query } })
          : admin.list('/api/v1/keys/{key}/audit', { params: { path: { key: apiKey }, query } })
      const entries: ShownAuditEntry[] = []
      for await (const entry of pages) {
        entries.push(show(entry))
        if (entries.length === limit) break
      }
      return entries
    },
  }
}

function show(entry: ItemOf<'/api/v1/audit'>): ShownAuditEntry {
  return { ...dropNulls(entry), actor: dropNulls(entry.actor) }
}
